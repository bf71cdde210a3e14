"""Plans of action: what one says, who may do what with it, its workflow, its versions, every write."""
