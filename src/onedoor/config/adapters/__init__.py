"""Adapters: the libraries and services of this instance behind the ports of the contexts."""
