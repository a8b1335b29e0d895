"""What every other layer stands on: errors, places, numbers, values and the run context."""
