"""What can be asked of Cliniko: one module a resource. The facades are written from these verbs."""
