"""The systems this program can simulate, one row each."""
from .tx_icop.system import TxIcop

SYSTEM_CLASSES = {
    TxIcop.system_id: TxIcop,
}
