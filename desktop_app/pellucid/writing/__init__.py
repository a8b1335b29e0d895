"""From facts to claims: sentences that say nothing their facts do not carry."""
