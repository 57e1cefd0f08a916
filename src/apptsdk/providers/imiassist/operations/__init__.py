"""IMIassist's verbs, one module a resource. The facades are written from them."""
