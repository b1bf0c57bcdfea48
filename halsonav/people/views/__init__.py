"""The room's pages: around signing in, and under `/arbete/installningar/`."""
