"""Text repair: named steps from what a page shows to what its office wrote; `clean` runs them."""
