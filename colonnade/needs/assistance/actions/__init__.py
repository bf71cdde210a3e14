"""Every write of requests: filing, passing on and answering, and what comes of them."""
