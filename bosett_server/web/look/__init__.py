"""How Bosett looks and reads: templates, tags, numbers, dates, charts, the hexagon map, the frame's words."""
