"""The service: stores, shows and protects what the library computes."""
