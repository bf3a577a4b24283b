"""`python -m lib.access <issuer> <subject>`: the pseudonym under which the audit log has an account."""

import sys

from lib.access import identity, provider

if len(sys.argv) != 3:
    sys.exit(__doc__)
print(identity.pseudonym(sys.argv[1], sys.argv[2], provider.secret()))
