"""Names of the telecom columns in eight languages, as reviewed data (field usage): likely ones, see aliases."""

TELECOM_LANGUAGE_NAMES: dict[str, str] = {
    "gender": (
        "geschlecht, anrede geschlecht, sexe, genre, sexo, genero, sesso, genere, geslacht, kon, kjonn, kjønn, "
        "koen, køn, plec, płec, pohlavi"
    ),
    "senior_citizen": (
        "senioren, rentner, ab 65, uber 65, 65 plus, plus 65, 65 ans et plus, plus de 65 ans, retraite, jubilado, "
        "mayor de 65, mayor 65, tercera edad, anziano, over 65, pensionato, idoso, aposentado, maior de 65, "
        "senior 65, 65 jaar of ouder, gepensioneerd, pensionar, pensionär, emeryt, senior citizen 65"
    ),
    "partner": (
        "partnerschaft, mit partner, verheiratet, conjoint, en couple, marie, avec conjoint, pareja, con pareja, "
        "casado, conyuge, coniuge, sposato, con partner, parceiro, conjuge, met partner, gehuwd, sambo, gift, "
        "partnerka, zonaty"
    ),
    "dependents": (
        "kinder, kinder im haushalt, mit kindern, unterhaltsberechtigte, angehorige, enfants, enfants a charge, "
        "personnes a charge, hijos, con hijos, dependientes, personas a cargo, figli, figli a carico, "
        "persone a carico, filhos, dependentes, kinderen, inwonende kinderen, thuiswonende kinderen, barn, "
        "hemmaboende barn, dzieci, osoby na utrzymaniu"
    ),
    "phone_service": (
        "festnetz, telefonanschluss, telefonie, ligne fixe, telephone fixe, telephonie fixe, service telephonique, "
        "telefono fijo, linea fija, servicio telefonico, telefono fisso, linea fissa, servizio telefonico, "
        "telefone fixo, linha fixa, vaste telefonie, vaste telefoon, vaste lijn, vast bellen, fast telefoni, "
        "fasttelefon, telefon stacjonarny, usluga telefoniczna"
    ),
    "multiple_lines": (
        "mehrere anschlusse, mehrere leitungen, weitere leitungen, plusieurs lignes, lignes multiples, "
        "varias lineas, lineas multiples, lineas adicionales, piu linee, linee multiple, varias linhas, "
        "multiplas linhas, meerdere lijnen, flera linjer, kilka linii"
    ),
    "internet_service": (
        "internetanschluss, internetart, anschlussart, internettyp, zugangsart, type internet, acces internet, "
        "type d acces internet, connexion internet, servicio internet, servicio de internet, tipo de internet, "
        "conexion a internet, servizio internet, tipo internet, tipo di connessione, servico de internet, "
        "tipo de conexao, internetverbinding, internettype, internetaansluiting, bredband, bredbandstyp, bredbånd, "
        "internettjeneste, rodzaj internetu, typ internetu, lacze, technologia"
    ),
    "online_security": (
        "sicherheitspaket, internetsicherheit, online sicherheit, virenschutz, securite en ligne, pack securite, "
        "antivirus, seguridad en linea, seguridad online, sicurezza online, pacchetto sicurezza, seguranca online, "
        "seguranca na internet, online beveiliging, veiligheidspakket, beveiligingspakket, internetbeveiliging, "
        "sakerhetspaket, natsakerhet, pakiet bezpieczenstwa, ochrona internetu"
    ),
    "online_backup": (
        "online sicherung, cloud speicher, datensicherung, sauvegarde en ligne, stockage cloud, "
        "copia de seguridad, respaldo en linea, respaldo online, copia de seguridad online, backup online, "
        "backup na nuvem, online opslag, cloudopslag, molnlagring, kopia zapasowa"
    ),
    "device_protection": (
        "gerateschutz, geraeteschutz, gerateversicherung, handyversicherung, protection appareil, "
        "assurance mobile, assurance appareil, proteccion de dispositivo, proteccion de dispositivos, "
        "seguro de movil, seguro de dispositivo, protezione dispositivo, assicurazione dispositivo, "
        "protecao do dispositivo, protecao de dispositivos, seguro do aparelho, toestelverzekering, "
        "apparaatbescherming, apparaatverzekering, enhetsskydd, ubezpieczenie sprzetu"
    ),
    "tech_support": (
        "technischer support, technische hilfe, premium support, support technique, assistance technique, "
        "soporte tecnico, asistencia tecnica, supporto tecnico, assistenza tecnica, suporte tecnico, "
        "technische ondersteuning, technische hulp, servicepakket, teknisk support, wsparcie techniczne, "
        "pomoc techniczna"
    ),
    "streaming_tv": (
        "fernsehen, digital tv, digitales fernsehen, tv paket, tv streaming, television, tele, bouquet tv, "
        "option tv, television digital, tv digital, tv de pago, televisione, tv satellitare, televisao, tv a cabo, "
        "tv por assinatura, digitale tv, digitale televisie, interactieve tv, tv pakket, telewizja, pakiet tv"
    ),
    "streaming_movies": (
        "filme, film streaming, filmpaket, films, option cinema, peliculas, cine, streaming peliculas, "
        "film in streaming, filmes, filmpakket, filmer, filmy, pakiet filmowy"
    ),
    "paperless_billing": (
        "onlinerechnung, online rechnung, elektronische rechnung, papierlose rechnung, e rechnung, "
        "rechnung per email, rechnung online, facture electronique, facture en ligne, facturation electronique, "
        "e facture, factura electronica, factura digital, factura sin papel, factura online, fattura elettronica, "
        "fattura digitale, bolletta digitale, fatura digital, fatura eletronica, fatura por email, conta digital, "
        "digitale factuur, e factuur, elektronische factuur, factuur per email, efaktura, e faktura, "
        "elektronisk faktura, digital faktura, faktura elektroniczna"
    ),
}
"""Names by canonical column, with commas between them."""
