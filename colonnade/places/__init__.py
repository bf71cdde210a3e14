"""Countries and regions, real and, in illustrative records, fictional."""
