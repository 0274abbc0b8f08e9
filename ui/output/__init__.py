"""What the network answers, as pictures: over the plane, along a line, or row by row."""
