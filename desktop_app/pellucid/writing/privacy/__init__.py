"""What leaves this machine: masked, agreed to, and written down."""
