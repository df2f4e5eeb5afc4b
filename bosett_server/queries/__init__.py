"""Every read, already cut to what the actor may see; gives frozen values, never rows or querysets."""
