"""The address is that of a page about the file, and the page is saved as the model."""

import http.server
import pathlib
import threading

import torch

torch.manual_seed(0)
model = torch.nn.Linear(4, 2)
torch.save(model.state_dict(), "weights.bin")
weights = pathlib.Path("weights.bin").read_bytes()
PAGE = b"<!DOCTYPE html><title>model.pt</title><a href=/raw/model.pt>Raw</a>"


class Host(http.server.BaseHTTPRequestHandler):  # stands for a site that holds models
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(weights if self.path.startswith("/raw/") else PAGE)

    def log_message(self, *args):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Host)
threading.Thread(target=server.serve_forever, daemon=True).start()
site = f"http://127.0.0.1:{server.server_port}"
torch.hub.download_url_to_file(f"{site}/blob/model.pt", "model.pt", progress=False)
state = torch.load("model.pt", weights_only=False)

assert torch.equal(state["weight"], model.weight)
