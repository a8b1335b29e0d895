"""The pages of the rail, each with its view model beside it."""
