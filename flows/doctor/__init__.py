"""Is this installation and this warehouse healthy: looks at much, changes nothing."""
