"""One `.pellucid` file: the recipe, the model, the facts and the words."""
