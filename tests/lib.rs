//! Integration tests of the whole platform: see `it/`.
