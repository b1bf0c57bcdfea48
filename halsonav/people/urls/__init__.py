"""The room's addresses: around signing in, in each language, and under `/arbete/installningar/`."""
