"""One widget a chart value of `report.charts`, painted with QPainter; and tiny ones for lists."""
