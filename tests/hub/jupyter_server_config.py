"""Of each user's server: as in the containers of Zero to JupyterHub, the system knows everyone as jovyan, and the hub who it is."""

import os
import pwd

its_own = pwd.getpwuid
pwd.getpwuid = lambda uid: pwd.struct_passwd(("jovyan", *its_own(uid)[1:])) if uid == os.getuid() else its_own(uid)
