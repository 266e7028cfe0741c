"""Pictures and film: taking in, renditions, who is in them, face count, blur; it has no pages of its own."""
