"""NexHealth's verbs: plain functions that return work. The facades are written from them."""
