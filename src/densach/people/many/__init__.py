"""Many communes at once: how many are counted in each, without reading everybody in them."""
