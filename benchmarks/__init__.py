"""How fast and how right: measurements, and the documents they are made on."""
