"""How well a reader can say what the model will say: a quiz with and without its explanations."""
