"""What the pages of ca-connect say, in English and Spanish: labels, codes, titles and messages."""

LANGUAGES = ("en", "es")

LABELS = {  # key: English, Spanish
    "case_number": ("Case Number", "Número de caso"),
    "case_type": ("Case Type", "Tipo de caso"),
    "status": ("Case Status", "Estado del caso"),
    "role": ("Your Role", "Su función"),
    "other_parent": ("Other Parent", "Otro padre o madre"),
    "children": ("Children", "Hijos"),
    "court_case": ("Court Case Number", "Número de caso del tribunal"),
    "current_support": ("Current Support", "Manutención actual"),
    "arrears_payment": ("Arrears Payment", "Pago de atrasos"),
    "other_state": ("Other State", "Otro estado"),
    "balance_type": ("Balance Type", "Tipo de saldo"),
    "amount": ("Amount", "Cantidad"),
    "as_of": ("As Of", "Fecha"),
    "payment_date": ("Payment Date", "Fecha de pago"),
    "posted": ("Posted", "Registrado"),
    "source": ("Source", "Origen"),
    "document": ("Document", "Documento"),
    "date": ("Date", "Fecha"),
    "link": ("Link", "Enlace"),
    "appointment": ("Appointment", "Cita"),
    "when": ("When", "Cuándo"),
    "place": ("Place", "Lugar"),
    "office": ("Office", "Oficina"),
    "phone": ("Phone", "Teléfono"),
    "hours": ("Hours", "Horario"),
}
CASE_TYPES = {
    "tanf_current": ("Current Assistance", "Asistencia actual"),
    "former_assistance": ("Former Assistance", "Asistencia anterior"),
    "never_assistance": ("Never Assistance", "Sin asistencia"),
    "foster_care": ("Foster Care", "Cuidado de crianza"),
    "medicaid_only": ("Medical Only", "Solo médico"),
    "arrears_only": ("Arrears Only", "Solo atrasos"),
}
STATUSES = {"open": ("Open", "Abierto"), "closed": ("Closed", "Cerrado")}
ROLES = {
    "custodial_party": ("Person Receiving Support", "Persona que recibe manutención"),
    "noncustodial_parent": ("Person Paying Support", "Persona que paga manutención"),
}
FREQUENCIES = {
    "weekly": ("Weekly", "Semanal"),
    "biweekly": ("Every Two Weeks", "Cada dos semanas"),
    "semimonthly": ("Twice a Month", "Dos veces al mes"),
    "monthly": ("Monthly", "Mensual"),
}
BALANCES = {
    "current_due": ("Current Support Due", "Manutención actual adeudada"),
    "arrears_family": ("Past Due to Family", "Atrasos a la familia"),
    "arrears_assigned": ("Past Due to State", "Atrasos al estado"),
    "interest": ("Interest", "Intereses"),
    "total_arrears": ("Total Past Due", "Total de atrasos"),
}
SOURCES = {
    "income_withholding": ("Wage Assignment", "Retención de salario"),
    "direct": ("Direct Payment", "Pago directo"),
    "other_state": ("Other State", "Otro estado"),
    "adjustment": ("Adjustment", "Ajuste"),
    "other": ("Other", "Otro"),
} | dict.fromkeys((
    "federal_tax_offset", "state_tax_offset", "federal_admin_offset", "unemployment", "workers_comp",
    "lottery", "garnishment"), ("Intercept", "Intercepción"))
APPOINTMENTS = {
    "hearing": ("Hearing", "Audiencia"),
    "appointment": ("Appointment", "Cita"),
    "genetic_test": ("Genetic Test", "Prueba genética"),
    "review": ("Review", "Revisión"),
}
TITLES = {  # body id: title
    "cc-login": ("Sign in", "Iniciar sesión"),
    "cc-pin": ("Change PIN", "Cambiar el PIN"),
    "cc-home": ("Your cases", "Sus casos"),
    "cc-sum": ("Case summary", "Resumen del caso"),
    "cc-pay": ("Payments", "Pagos"),
    "cc-doc": ("Documents", "Documentos"),
    "cc-appt": ("Appointments", "Citas"),
    "cc-cont": ("Contacts", "Contactos"),
    "cc-addr": ("Contact information", "Información de contacto"),
    "cc-msg": ("Message", "Mensaje"),
    "cc-conf": ("Thank you", "Gracias"),
    "cc-expired": ("Session", "Sesión"),
    "cc-maint": ("Maintenance", "Mantenimiento"),
    "cc-locked": ("Locked", "Bloqueada"),
    "cc-noacc": ("Not available", "No disponible"),
    "cc-preq": ("PIN requested", "PIN solicitado"),
    "cc-none": ("Not found", "No se encontró"),
    "cc-csrf": ("Form not accepted", "Formulario no aceptado"),
    "cc-dup": ("Already sent", "Ya se envió"),
    "cc-err": ("Error", "Error"),
}
MESSAGES = {
    "wrong_login": (
        "The Participant ID or PIN is not correct.", "El número de participante o el PIN no es correcto."),
    "other_pin": ("Choose another PIN.", "Elija otro PIN."),
    "ended": ("Your session has ended.", "Su sesión ha terminado."),
    "sign_in_again": ("Sign in again", "Inicie sesión otra vez"),
    "sign_in": ("Sign in", "Iniciar sesión"),
    "participant_id": ("Participant ID", "Número de participante"),
    "pin": ("PIN", "PIN"),
    "birth_date": ("Date of birth", "Fecha de nacimiento"),
    "locked_until": ("Your account is locked until", "Su cuenta está bloqueada hasta"),
    "closed_until": ("Customer Connect is not available until", "Customer Connect no está disponible hasta"),
    "no_access": ("This account is not available online.", "Esta cuenta no está disponible en línea."),
    "pin_requested": (
        "If the information matches, a PIN is on its way.", "Si los datos coinciden, el PIN está en camino."),
    "not_found": ("We could not find that information.", "No pudimos encontrar esa información."),
    "not_accepted": ("Please open the form again.", "Abra el formulario otra vez."),
    "already_sent": ("This form was already sent.", "Este formulario ya se envió."),
    "confirmation": ("Confirmation Number", "Número de confirmación"),
    "failed": ("Something went wrong.", "Algo salió mal."),
    "next": ("Next", "Siguiente"),
    "send": ("Send", "Enviar"),
    "addr1": ("Enter an address.", "Escriba una dirección."),
    "addr2": ("The second line is too long.", "La segunda línea es demasiado larga."),
    "city": ("Enter a city.", "Escriba una ciudad."),
    "state": ("Enter a state of two letters.", "Escriba un estado de dos letras."),
    "zip": ("Enter a ZIP code of 5 or 9 digits.", "Escriba un código postal de 5 o 9 dígitos."),
    "phone": ("Enter a phone number of 10 digits.", "Escriba un teléfono de 10 dígitos."),
    "email": ("Enter an e-mail address.", "Escriba un correo electrónico."),
    "topic": ("Choose a topic.", "Elija un tema."),
    "body": ("Enter a message of up to 1500 characters.", "Escriba un mensaje de hasta 1500 caracteres."),
}


def in_language(pair, language):
    return pair[LANGUAGES.index(language)]
