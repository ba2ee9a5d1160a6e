"""据实: `python app.py` serves the web page; `python app.py ask|ingest|… ` is the command line. See README.md."""
import os
import sys

from cli.main import main

os.environ.update({name: os.environ.get(name, value) for name, value in {
    "GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1", "TOKENIZERS_PARALLELISM": "false"}.items()})

if __name__ == "__main__":
    sys.exit(main())
