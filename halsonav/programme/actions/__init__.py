"""What is done in the programme, a verb at a time."""
