"""What the pages under settings show, read in one atomic function each that writes it down."""
