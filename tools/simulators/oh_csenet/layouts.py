"""The CSENet 2000 record layout, field by field: name, width and kind.

Kinds: N digits, D date, M amount, A plain text, I Internet address, T text line."""


class Field:
    """A place inside a block; start and end count from 0."""

    def __init__(self, name, start, width, kind):
        self.name = name
        self.start = start
        self.end = start + width
        self.width = width
        self.kind = kind


class Block:
    def __init__(self, name, table):
        self.name = name
        self.fields = {}
        self.length = 0
        for row in table.replace("\n", " ").split(","):
            field_name, form = row.split()
            field = Field(field_name, self.length, int(form[:-1]), form[-1])
            self.fields[field_name] = field
            self.length = field.end

    def get(self, text, name):
        field = self.fields[name]
        return text[field.start:field.end]

    def put(self, text, name, value):
        """The text with the field overwritten; value must have the field's width."""
        field = self.fields[name]
        return text[:field.start] + value + text[field.end:]


def _name(prefix):
    return f"{prefix}last 21A, {prefix}first 16A, {prefix}middle 16A, {prefix}suffix 3A"


def _alias(prefix):
    return f"{prefix}first 16A, {prefix}middle 16A, {prefix}last 21A, {prefix}suffix 3A"


def _address(prefix):
    return (
        f"{prefix}line_1 25A, {prefix}line_2 25A, {prefix}city 18A, {prefix}state 2A, {prefix}zip 5N, "
        f"{prefix}zip_more 4N")


def _employer(prefix, wage):
    return (
        f"{prefix}ein 9N, {prefix}name 40A, {_address(prefix)}, {prefix}phone 10N, {prefix}from 8D, "
        f"{prefix}to 8D, {prefix}confirmed 1A, {wage}quarter 1N, {wage}year 4N, {wage}amount 12M")


HEADER = Block("header", """
    local_state 2N, local_county 3N, local_sub 2A, other_state 2N, other_county 3N, other_sub 2A,
    version 3N, serial 12N, error_reason 2A, transaction_type 2A, action 1A, function 3A,
    transaction_date 8D, case_id 15A, other_case_id 15A, reason 5A, resolution_date 8D,
    attachments 1A, case_count 1N, ncp_id_count 1N, ncp_locate_count 1N, participant_count 1N,
    order_count 1N, collection_count 1N, information_count 1N, received_date 8D, received_time 6N,
    processing_complete 1A, attachments_due 8D, sent_to_host 1A, forms_printed 1A""")

CASE = Block("case", f"""
    type 1A, status 1A, {_address("payment_")}, {_name("contact_")}, {_address("contact_")},
    contact_phone 10N, contact_extension 6A, responding_docket 17A, fax 10N, internet_address 35I,
    initiating_docket 17A, bank_account 20N, bank_routing 10N, cej_state 2A, payment_fips_state 2N,
    payment_fips_county 3N, payment_fips_sub 2A, nondisclosure 1A""")

NCP_ID = Block("ncp_id", f"""
    {_name("")}, ssn 9N, birth 8D, race 1A, gender 1A, birth_place 15A, height_feet 1N,
    height_inches 2N, weight 3N, hair 2A, eyes 2A, marks 20A, alias_ssn_1 9N, alias_ssn_2 9N,
    dangerous 1A, maiden_name 21A, parents_name 21A""")

NCP_LOCATE = Block("ncp_locate", f"""
    {_address("residential_")}, {_address("mailing_")}, residential_from 8D, residential_to 8D,
    residential_confirmed 1A, mailing_from 8D, mailing_to 8D, mailing_confirmed 1A, home_phone 10N,
    work_phone 10N, license_state 2A, license 20A, {_alias("alias_1_")}, {_alias("alias_2_")},
    {_alias("alias_3_")}, {_name("spouse_")}, occupation 32A, {_employer("employer_", "wage_")},
    insurance_carrier 36A, insurance_policy 20A, {_address("last_residential_")},
    last_residential_date 8D, {_address("last_mailing_")}, last_mailing_date 8D, last_employer 40A,
    last_employer_date 8D, {_address("last_employer_")}, last_employer_from 8D,
    {_employer("employer_2_", "wage_2_")}, {_employer("employer_3_", "wage_3_")},
    professional_licenses 50A""")

PARTICIPANT = Block("participant", f"""
    {_name("")}, birth 8D, ssn 9N, gender 1A, race 1A, relationship 1A, status 1A,
    relation_to_cp 1A, {_address("")}, employer_name 40A, {_address("employer_")}, employer_ein 9N,
    address_confirmed 1A, address_confirmed_on 8D, employer_confirmed 1A, employer_confirmed_on 8D,
    work_phone 10N, birth_place 25A, state_of_residence 2A, paternity 1A""")

ORDER = Block("order", """
    fips_state 2A, fips_county 3A, fips_sub 2A, order_id 17A, filed 8D, type 1A, debt_type 2A,
    frequency 1A, amount 12M, effective 8D, ends 8D, cancelled 8D, arrears_frequency 1A,
    arrears_amount 12M, arrears_total 12M, tanf_from 8D, tanf_to 8D, tanf 12M, non_tanf_from 8D,
    non_tanf_to 8D, non_tanf 12M, foster_from 8D, foster_to 8D, foster 12M, medical_from 8D,
    medical_to 8D, medical 12M, medical_ordered 1A, tribunal_case 17A, last_payment 8D,
    controlling 1A, new_order 1A, docket 17A""")

COLLECTION = Block("collection", """
    collected 8D, posted 8D, amount 12M, source 1A, method 1A, rdfi_id 20A, rdfi_account 20A""")

INFORMATION = Block("information", """
    status_change 1A, new_case_id 15A, line_1 80T, line_2 80T, line_3 80T, line_4 80T, line_5 80T""")

# In the order in which they follow the header; the number is the most a line may carry.
AFTER_HEADER = (
    (CASE, 1), (NCP_ID, 1), (NCP_LOCATE, 1), (PARTICIPANT, 9), (ORDER, 9), (COLLECTION, 9),
    (INFORMATION, 1),
)
COUNTERS = tuple(f"{block.name}_count" for block, _ in AFTER_HEADER)


def counters_of(line):
    """How many of each block the header announces; None when a counter is not allowed."""
    counts = []
    for block, most in AFTER_HEADER:
        digit = HEADER.get(line, f"{block.name}_count")
        if len(digit) != 1 or digit not in "0123456789" or int(digit) > most:
            return None
        counts.append(int(digit))
    return counts


def expected_length(counts):
    return HEADER.length + sum(
        block.length * count for (block, _), count in zip(AFTER_HEADER, counts, strict=True))


def split(line):
    """[(block, its text)] with the header first; only for a line of the length its counters announce."""
    parts = [(HEADER, line[:HEADER.length])]
    place = HEADER.length
    for (block, _), count in zip(AFTER_HEADER, counters_of(line), strict=True):
        for _ in range(count):
            parts.append((block, line[place:place + block.length]))
            place += block.length
    return parts


def join(parts):
    return "".join(text for _, text in parts)
