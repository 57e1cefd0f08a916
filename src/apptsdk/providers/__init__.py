"""The providers: one folder each, which knows no other."""
