"""Pages: each room's views read through queries, write through actions and hold no rule of their own."""
