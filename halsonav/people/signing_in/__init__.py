"""Who signs in, how sure it is, how long it holds, and how often one may guess."""
