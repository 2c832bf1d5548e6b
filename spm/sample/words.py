"""The words that the sample company is made of: names of people and accounts, products, sources, stages."""

from typing import NamedTuple

ORIGINS: tuple[tuple[str, str], ...] = (
    ("Amelia Caleb Chloe Daniel Grace Hannah Henry Jack Lucy Oliver Ruby Thomas",
     "Bennett Carter Ellis Fletcher Hughes Marsh Palmer Reed Shaw Turner Walsh Whitaker"),
    ("Alejandra Camila Diego Elena Héctor Isabel Javier Lucía Mateo Natalia Raúl Sofía",
     "Aguilar Castillo Domínguez Fuentes Herrera Márquez Navarro Ortega Peña Ríos Salazar Vega"),
    ("Aarav Ananya Devika Ishaan Kavya Meera Neel Priya Rohan Sanjay Tara Vikram",
     "Bose Chaudhary Desai Iyer Joshi Kapoor Menon Nair Patel Rao Sharma Verma"),
    ("Bin Chen Fang Hao Jing Lan Mei Ning Qiang Wei Xiu Yan",
     "Cai Deng Feng Guo Huang Liang Lin Shen Tang Wu Xu Zhao"),
    ("Abena Adaeze Chidi Emeka Femi Ifeoma Kofi Kwame Ngozi Tunde Yaa Zainab",
     "Achebe Adeyemi Asante Balogun Boateng Eze Mensah Nwosu Okafor Olawale Osei Owusu"),
    ("Amir Dalia Farid Hana Karim Layla Nadia Omar Rania Samir Tariq Yasmin",
     "Aziz Farouk Ghanem Haddad Hakimi Khoury Mansour Nasser Rahman Saleh Tahan Younes"),
    ("Agnieszka Bartek Dorota Ewa Jakub Kasia Marek Ola Piotr Tomasz Wanda Zofia",
     "Adamski Borkowski Dudek Górski Jankowski Kowalczyk Lis Mazur Nowak Pawlak Sikora Wrona"),
    ("Anneke Britta Dieter Felix Greta Ingrid Jonas Karl Lena Matthias Ulrike Wim",
     "Bauer Dekker Fischer Hoffmann Jansen Keller Lindner Meyer Richter Schäfer Vogel Weber"),
    ("Aiko Daichi Emi Haruka Hiroshi Kenji Mai Naoki Rin Sora Takumi Yuki",
     "Fujita Hayashi Ishikawa Kimura Matsuda Mori Nakano Okada Sakai Tanaka Ueda Yamada"),
    ("Amélie Bastien Chantal Claire Étienne Hugo Julien Léa Margaux Olivier Rémi Sylvie",
     "Bernard Chevalier Dubois Fournier Girard Lambert Lefèvre Moreau Perrin Renard Roussel Simon"),
    ("Astrid Bjørn Elin Freja Henrik Ida Lars Maja Nils Signe Sven Tuva",
     "Andersen Berg Dahl Eriksson Hansen Holm Johansson Lund Nyström Olsen Strand Vik"),
    ("Beatriz Bruno Caio Fernanda Gabriela Igor Larissa Marina Paulo Rafael Thiago Vitória",
     "Almeida Barbosa Cardoso Duarte Ferreira Gomes Lima Moura Pereira Ribeiro Teixeira Xavier"),
)  # fmt: skip
"""Given names and family names (divided by blanks) that go together."""

FIRST_PARTS = (
    "Alder Amber Anchor Arbor Arctic Aspen Atlas Aurora Beacon Birch Blue Boulder Bridge Bright Canyon "
    "Cedar Cinder Clear Cobalt Compass Copper Coral Crescent Delta Eagle East Elm Ember Evergreen Falcon "
    "Fern First Flint Forge Garnet Golden Granite Grand Harbor Hawthorn Hazel Heron High Hollow Indigo "
    "Iron Ivory Juniper Keystone Lake Lantern Laurel Liberty Lighthouse Linden Lunar Maple Marble Meadow "
    "Mesa Mill North Oak Onyx Opal Orchard Osprey Pacific Pine Pioneer Prairie Quarry Raven Red Ridge "
    "River Rowan Sable Sage Sierra Silver Slate Solar South Spruce Sterling Stone Summit Sun Swift Terra "
    "Thistle Timber Union Valley Vista West Willow Winter"
)
SECOND_PARTS = (
    "bank bay borough brook cliff crest croft dale field ford gate glen grove hall haven hill holm hurst "
    "land leaf light line mark mere mont moor peak point port reach ridge rock run shore side spring star "
    "stead view ville wall ward water way wick wind wood worth yard"
)
ACCOUNT_STEMS: tuple[str, ...] = tuple(
    first + second for first in FIRST_PARTS.split() for second in SECOND_PARTS.split()
)
ACCOUNT_TRADE: tuple[str, ...] = (
    "Logistics", "Foods", "Health", "Software", "Energy", "Retail", "Partners", "Manufacturing", "Media",
    "Insurance", "Builders", "Hotels", "Labs", "Systems", "Textiles", "Motors", "Pharma", "Telecom",
    "Packaging", "Education",
)  # fmt: skip

SEGMENTS: tuple[str, ...] = ("SMB", "Mid-market", "Enterprise")
REGIONS: tuple[str, ...] = ("Northeast", "Southeast", "Central", "West")
SOURCES: tuple[str, ...] = ("Website", "Referral", "Outbound", "Event", "Partner", "Webinar")
OPEN_STAGES: tuple[str, ...] = ("Qualification", "Discovery", "Demo", "Proposal", "Negotiation")
STAGES: tuple[str, ...] = (*OPEN_STAGES, "Closed Won", "Closed Lost")
DEAL_KINDS: tuple[str, ...] = ("New Business", "Expansion", "Renewal")


class Product(NamedTuple):
    """What the company sells; the price is per year, in US dollars."""

    key: str
    name: str
    category: str
    price: int


PRODUCTS: tuple[Product, ...] = (
    Product("PL-01", "Ledger Start", "Platform", 3_600),
    Product("PL-02", "Ledger Team", "Platform", 7_800),
    Product("PL-03", "Ledger Business", "Platform", 14_400),
    Product("AN-01", "Insight", "Analytics", 5_400),
    Product("AN-02", "Insight Plus", "Analytics", 11_500),
    Product("AD-01", "Connect", "Add-ons", 2_400),
    Product("AD-02", "Vault", "Add-ons", 4_200),
    Product("SV-01", "Onboarding", "Services", 3_000),
)
