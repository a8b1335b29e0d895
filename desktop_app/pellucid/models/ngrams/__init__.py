"""The additive model over n-grams: which n-grams, what they weigh, and how sure that is."""
