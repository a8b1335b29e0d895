"""Chart values to Vega-Lite specifications, one module a kind of chart."""
