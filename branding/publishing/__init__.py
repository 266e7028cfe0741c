"""Publishing: approved posts go out once, on time, with the gate asked again, and come down with proof."""
