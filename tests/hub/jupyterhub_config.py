"""A hub for one test: on this machine alone, everyone's server a process of whoever runs it, each in a home of its own."""

import json
import os
import sys
from pathlib import Path

HUB = json.loads(os.environ["EX03_HUB"])
scratch = Path(HUB["scratch"])
programs = Path(sys.executable).parent

c = get_config()  # noqa: F821: JupyterHub's

c.JupyterHub.bind_url = f"http://127.0.0.1:{HUB['port']}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{HUB['hub_port']}"
c.JupyterHub.db_url = f"sqlite:///{scratch}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = str(scratch / "cookie_secret")
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allowed_users = set(HUB["users"])
c.ConfigurableHTTPProxy.command = [str(programs / "configurable-http-proxy")]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{HUB['proxy_port']}"
c.ConfigurableHTTPProxy.pid_file = str(scratch / "proxy.pid")

c.JupyterHub.services = [{"name": "test", "api_token": HUB["token"]}]
c.JupyterHub.load_roles = [
    {"name": "test", "services": ["test"], "scopes": ["admin:users", "admin:servers", "tokens"]}
]

c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(scratch / "home" / "{username}")
c.Spawner.cmd = [str(programs / "jupyterhub-singleuser")]
c.Spawner.args = ["--allow-root"]
c.Spawner.start_timeout = 60
c.Spawner.environment = {
    "JUPYTER_CONFIG_PATH": str(scratch / "everyone"),
    # The teacher's server grades, with the Rust of whoever runs this.
    "CARGO_HOME": os.environ.get("CARGO_HOME", str(Path.home() / ".cargo")),
    "RUSTUP_HOME": os.environ.get("RUSTUP_HOME", str(Path.home() / ".rustup")),
}
