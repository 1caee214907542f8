"""More words of Portuguese and Spanish exports by their sense, short forms of their old systems too ("DAT", "QTD").

Source: field usage of telecom, banking and billing systems. Accents are off, as `names.compact` leaves them.
"""

IBERIAN: dict[str, str] = {
    "CUSTOMER": "correntista correntistas titular assinantes",
    "ACCOUNT": "conta cuenta",
    "NAME": "nom",
    "CODE": "cod codigo",
    "ID": "cod",
    "DATE": "dat data dta dt fch",
    "BEGIN": "abertura apertura ativacao contratacion contratacao adesao",
    "END": "desativacao desactivacion cancelou desistiu rescisao rescision resil resiliation",
    "STATUS": "sit situacao",
    "CONTRACT": "contrato fidelizacao fidel fidelidad fidelidade",
    "PLAN": "pacote paquete paquetes pacotes tarifario tarifarios plano",
    "SERVICEW": "servico servicos servicio servicios",
    "MONEY": "tarifa val vlr faturado facturado cobrado mensalidade mensualidad fat",
    "PRICE": "mensalidade mensualidad",
    "MONTHLY": "mensalidade mensualidad",
    "TOTAL": "acum acumulado acumulada",
    "TIMESPAN": "tempo tiempo",
    "RELATION": "conta cuenta",
    "YEARS": "anos",
    "LAST": "ultimo ultima",
    "ACCESS": "acesso acessos acceso accesos",
    "SESSION": "acessos accesos",
    "PRODUCTW": "app aplicativo",
    "COUNT": "qtd qtde cant",
    "PAY": "liq liquidacao pgto pag",
    "METHOD": "tip tipo forma",
    "CASE": "avaria avarias reclamacao reclamacoes averia averias",
    "FAILED": (
        "rejeitada rejeitadas rejeitado rejeitados recusada recusadas rechazada rechazadas devolucao devolucoes "
        "devolucion devoluciones"
    ),
    "PAYMENT": "debitos cobrancas cobros faturas facturas",
}
