"""Double-click entry: opens the window, or runs the verb given on the command line."""

import sys

from wuling_desktop.app import main

if __name__ == "__main__":
    sys.exit(main())
