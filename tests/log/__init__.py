"""The tamper-evident log, over databases that their owner tampers with."""
