"""The register of personal data, and what is made from it: forgetting, extract, processing."""
