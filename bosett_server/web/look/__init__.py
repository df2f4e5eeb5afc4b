"""How Bosett looks and reads: templates, tags, numbers, dates, charts, the hexagon map and the words of the frame."""
