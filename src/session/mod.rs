//! The one loop that joins a line of bytes, a desk and a screen.
