"""SM2, SM3, SM4: the standard's vectors, and the openssl command line as an independent judge."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onedoor.kernel import sm

# GB/T 32918.5-2017 appendix A.2
PRIVATE = bytes.fromhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8")
PUBLIC = bytes.fromhex(
    "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
    "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
)
R = 0xF5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3
S = 0xB1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA
SIGNATURE = sm.from_raw(R.to_bytes(32, "big") + S.to_bytes(32, "big"))
DISTID = "distid:1234567812345678"


def test_the_standards_example_digest_and_signature() -> None:
    assert sm.digest(PUBLIC, b"message digest").hex().upper() == (
        "F0B43E94BA45ACCAACE692ED534382EB17E6AB5A19CE7B31F4486FDFC0D28640"
    )
    assert sm.verify(PUBLIC, b"message digest", SIGNATURE)
    assert sm.verify(PUBLIC, b"message digest", sm.KeyPair(PRIVATE, PUBLIC).sign(b"message digest"))


def test_sm3_vectors_of_gbt_32905() -> None:
    assert sm.sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm.sm3(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def test_hmac_is_that_of_openssl() -> None:
    command = ["openssl", "dgst", "-sm3", "-mac", "HMAC", "-macopt", "key:salt", "-binary"]
    assert sm.sm3_hmac(b"salt", b"value") == subprocess.run(command, input=b"value", stdout=-1, check=True).stdout
    with pytest.raises(sm.SmError):
        sm.sm3_hmac(b"", b"value")


def test_sm4_gcm_vector_of_rfc_8998() -> None:
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    plain = b"".join(bytes([v]) * 8 for v in (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA))
    sealed = sm.sm4_encrypt(
        key,
        plain,
        associated=bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2"),
        nonce=bytes.fromhex("00001234567800000000ABCD"),
    )
    assert sealed[12:].hex().upper() == (
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )


@given(st.binary(max_size=100), st.binary(max_size=20), st.integers(min_value=0))
def test_sm4_gcm_opens_only_what_was_sealed(plain: bytes, associated: bytes, place: int) -> None:
    key = bytes(range(16))
    sealed = sm.sm4_encrypt(key, plain, associated=associated)
    assert sm.sm4_decrypt(key, sealed, associated=associated) == plain
    altered = bytearray(sealed)
    altered[place % len(altered)] ^= 1
    for wrong_key, wrong, beside in (
        (bytes(16), sealed, associated),
        (key, bytes(altered), associated),
        (key, sealed, associated + b"x"),
        (key, sealed[:27], associated),
    ):
        with pytest.raises(sm.SmError):
            sm.sm4_decrypt(wrong_key, wrong, associated=beside)


def key_with_x_beginning(nibble: int) -> sm.KeyPair:
    while True:
        pair = sm.generate()
        if pair.public[0] >> 4 == nibble:
            return pair


@pytest.mark.parametrize("nibble", [0, 4])
def test_keys_whose_x_begins_with_0_or_4_lose_no_digit(nibble: int) -> None:
    pair = key_with_x_beginning(nibble)
    assert sm.load_private_pem(pair.pem()) == pair
    assert sm.load_public_pem(pair.public_pem()) == pair.public
    assert sm.verify(pair.public, b"m", pair.sign(b"m"))


def test_openssl_reads_our_key_and_we_read_its() -> None:
    pair = sm.generate()
    ours = subprocess.run(["openssl", "pkey", "-pubout"], input=pair.pem().encode(), stdout=-1, check=True).stdout
    assert ours.decode() == pair.public_pem()
    theirs = subprocess.run(["openssl", "genpkey", "-algorithm", "SM2"], stdout=-1, check=True).stdout
    loaded = sm.load_private_pem(theirs)
    assert sm.verify(loaded.public, b"m", loaded.sign(b"m"))


def test_keys_of_other_curves_and_broken_keys_are_refused() -> None:
    command = ["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]
    other = subprocess.run(command, stdout=-1, check=True).stdout
    mixed = sm.KeyPair(sm.generate().private, sm.generate().public).pem()
    for text in (other, b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", mixed.encode()):
        with pytest.raises(sm.SmError):
            sm.load_private_pem(text)
        with pytest.raises(sm.SmError):
            sm.load_public_pem(text)
    for private, public in ((bytes(32), PUBLIC), (sm.N.to_bytes(32, "big"), PUBLIC), (PRIVATE, bytes(64))):
        with pytest.raises(sm.SmError):
            sm.KeyPair(private, public)


SCRIPT = """set -e
for n in $(seq {first} {last}); do
  openssl dgst -sm3 -verify $n.pub -sigopt {distid} -signature $n.ours $n.msg >>verdicts.{first}
  openssl dgst -sm3 -sign $n.key -sigopt {distid} -out $n.theirs $n.msg
done
"""


def test_a_thousand_random_keys_both_ways_against_the_openssl_command_line(tmp_path: Path) -> None:
    pairs = [key_with_x_beginning(0), key_with_x_beginning(4), *(sm.generate() for _ in range(998))]
    for number, pair in enumerate(pairs):
        message = sm.sm3(pair.public) * (number % 5)
        (tmp_path / f"{number}.key").write_text(pair.pem())
        (tmp_path / f"{number}.pub").write_text(pair.public_pem())
        (tmp_path / f"{number}.msg").write_bytes(message)
        (tmp_path / f"{number}.ours").write_bytes(pair.sign(message))
    scripts = [SCRIPT.format(first=at, last=at + 249, distid=DISTID) for at in range(0, 1000, 250)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda text: subprocess.run(["sh", "-c", text], cwd=tmp_path, check=True), scripts))
    verdicts = "".join(path.read_text() for path in tmp_path.glob("verdicts.*"))
    assert verdicts == "Verified OK\n" * 1000
    for number, pair in enumerate(pairs):
        message = (tmp_path / f"{number}.msg").read_bytes()
        assert sm.verify(pair.public, message, (tmp_path / f"{number}.theirs").read_bytes())


def integer(number: int, *, pad: bytes = b"") -> bytes:
    body = pad + number.to_bytes(number.bit_length() // 8 + 1, "big")
    return bytes([2, len(body)]) + body


def sequence(*parts: bytes) -> bytes:
    body = b"".join(parts)
    return bytes([0x30, len(body)]) + body


HOSTILE = {
    "empty": b"",
    "one byte": b"\x30",
    "text": b"not a signature",
    "trailing byte": SIGNATURE + b"\0",
    "cut": SIGNATURE[:-1],
    "long-form length": b"\x30\x81" + SIGNATURE[1:],
    "padded r": sequence(integer(R, pad=b"\0"), integer(S)),
    "three integers": sequence(integer(R), integer(S), integer(1)),
    "one integer": sequence(integer(R)),
    "r = 0": sequence(integer(0), integer(S)),
    "s = 0": sequence(integer(R), integer(0)),
    "r + n": sequence(integer(R + sm.N), integer(S)),
    "s = n": sequence(integer(R), integer(sm.N)),
    "r + s = n": sequence(integer(R), integer(sm.N - R)),
    "negative r": sequence(b"\x02\x20" + R.to_bytes(32, "big"), integer(S)),
    "swapped": sequence(integer(S), integer(R)),
    "other s": sequence(integer(R), integer(S + 1)),
}


@pytest.mark.parametrize("signature", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_bad_signature_is_false_and_never_an_exception(signature: bytes) -> None:
    assert sm.verify(PUBLIC, b"message digest", signature) is False


@pytest.mark.parametrize("public", [b"", bytes(64), PUBLIC[:63], PUBLIC[::-1], b"\xff" * 64])
def test_a_bad_public_key_is_false_and_never_an_exception(public: bytes) -> None:
    assert sm.verify(public, b"message digest", SIGNATURE) is False


def test_another_message_another_id_or_another_key_is_false() -> None:
    assert not sm.verify(PUBLIC, b"message digest.", SIGNATURE)
    assert not sm.verify(PUBLIC, b"message digest", SIGNATURE, signer_id=b"")
    assert not sm.verify(sm.generate().public, b"message digest", SIGNATURE)


@given(st.binary(min_size=64, max_size=64))
def test_raw_and_der_signatures_are_one_another(raw: bytes) -> None:
    der = sm.from_raw(raw)
    if sm.parse_signature(der) is not None:
        assert sm.to_raw(der) == raw


@given(st.binary(max_size=80))
def test_verify_is_total(signature: bytes) -> None:
    assert sm.verify(PUBLIC, b"", signature) is False


def test_forged_signatures_leave_no_trace_on_standard_error() -> None:
    program = (
        "import sys; from onedoor.kernel import sm\n"
        "key = sm.generate(); good = key.sign(b'a')\n"
        "for forged in (good, good[:-1] + bytes([good[-1] ^ 1])): sm.verify(key.public, b'b', forged)\n"
        "print('mine', file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert done.stderr == "mine\n"


def test_the_unsafe_gmssl_package_is_never_imported() -> None:
    root = Path(__file__).parents[2]
    for path in [*root.glob("src/**/*.py"), *root.glob("tests/**/*.py"), *root.glob("bin/*")]:
        if path.is_file():
            words = [line.split() for line in path.read_text(errors="replace").splitlines()]
            found = [line for line in words if line[:2] in (["import", "gmssl"], ["from", "gmssl"])]
            assert not found, path
    locks = "\n".join(path.read_text() for path in root.glob("requirements/*"))
    assert not [line for line in locks.splitlines() if line.split("=")[0].strip() == "gmssl"]
