"""nginx in front of three replicas, as deploy/ has it."""
