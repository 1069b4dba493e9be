"""How the bundled models were made, from public data to coefficients."""
