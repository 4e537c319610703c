/**
 * The grammar of the language. Pure: no actions here; `src/syntax/build.ts` turns its concrete trees into the abstract one.
 * Rule names are the names in the language guide. Three entries: `entête` (a line at the margin), `énoncé` (a statement of an
 * article) and `fichier` (a whole text, for the diagram).
 */
import { CstParser, EOF, type CstNode, type IToken } from 'chevrotain';
import * as t from './lexer.ts';

const k = t.KEYWORDS;

export class Grammar extends CstParser {
  /** Validation looks for ambiguities; a test does it once, so that each run of the command need not. */
  constructor(validate = false) {
    super([...t.ALL_TOKENS], { maxLookahead: 2, recoveryEnabled: false, nodeLocationTracking: 'onlyOffset', skipValidations: !validate });
    this.performSelfAnalysis();
  }

  fichier = this.RULE('fichier', () => {
    this.MANY(() => {
      this.SUBRULE(this.entête);
      this.OPTION(() => this.SUBRULE(this.bloc));
      this.CONSUME(t.FinLigne);
    });
  });

  bloc = this.RULE('bloc', () => {
    this.CONSUME(t.Retrait);
    this.AT_LEAST_ONE(() => {
      this.SUBRULE(this.énoncé);
      this.CONSUME(t.FinLigne);
    });
    this.CONSUME(t.FinRetrait);
  });

  // ── lines at the margin ────────────────────────────────────────────────
  entête = this.RULE('entête', () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.entêteÉdition) },
      { ALT: () => { this.CONSUME(k.Chapitre); this.CONSUME(t.Nombre); this.CONSUME(t.Texte); } },
      { ALT: () => { this.CONSUME(k.Section); this.CONSUME2(t.Nombre); this.CONSUME2(t.Texte); } },
      { ALT: () => this.SUBRULE(this.entêteModule) },
      { ALT: () => this.SUBRULE(this.entêteArticle) },
    ]);
  });

  entêteÉdition = this.RULE('entêteÉdition', () => {
    this.CONSUME(k.Edition);
    this.CONSUME(t.Texte);
    this.CONSUME(k.EnVigueur);
    this.CONSUME(t.DateLitterale);
    this.OPTION(() => {
      this.CONSUME(k.Modifie);
      this.CONSUME2(t.DateLitterale);
      this.OPTION2(() => { this.CONSUME(k.Pour); this.SUBRULE(this.noms); });
    });
  });

  entêteModule = this.RULE('entêteModule', () => {
    this.OR([
      { ALT: () => {
        this.CONSUME(k.Tarif); this.CONSUME(t.Nom); this.OPTION(() => this.CONSUME(t.Texte)); this.OPTION2(() => this.CONSUME(k.GrandePuissance));
      } },
      { ALT: () => {
        this.CONSUME(k.Option); this.CONSUME2(t.Nom); this.OPTION3(() => this.CONSUME2(t.Texte)); this.CONSUME(k.Sur); this.SUBRULE(this.noms);
      } },
      { ALT: () => {
        this.CONSUME(k.DispositionsCommunes); this.OPTION4(() => { this.OR2([{ ALT: () => this.CONSUME(k.AuxTarifs) }, { ALT: () => this.CONSUME(k.AuxOptions) }]); this.SUBRULE2(this.noms); });
      } },
      { ALT: () => { this.CONSUME(k.Modele); this.CONSUME3(t.Nom); this.OPTION5(() => this.CONSUME3(t.Texte)); } },
    ]);
  });

  entêteArticle = this.RULE('entêteArticle', () => {
    this.CONSUME(k.Article);
    this.CONSUME(t.NumeroArticle);
    this.CONSUME(t.Texte);
    this.OPTION(() => this.OR([{ ALT: () => this.CONSUME(k.SurRenvoi) }, { ALT: () => this.CONSUME(k.Suite) }]));
  });

  noms = this.RULE('noms', () => {
    this.CONSUME(t.Nom);
    this.MANY(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Virgule) }, { ALT: () => this.CONSUME(k.Et) }, { ALT: () => this.CONSUME(k.Ou) }]);
      this.CONSUME2(t.Nom);
    });
  });

  // ── statements ─────────────────────────────────────────────────────────
  énoncé = this.RULE('énoncé', () => {
    this.MANY(() => this.OR([{ ALT: () => this.CONSUME(t.Lettre) }, { ALT: () => this.CONSUME(t.Alinea) }]));
    this.OR2([
      { ALT: () => this.SUBRULE(this.donnée) },
      { ALT: () => this.SUBRULE(this.mesure) },
      { ALT: () => this.SUBRULE(this.définitionPlage) },
      { ALT: () => this.SUBRULE(this.table) },
      { ALT: () => this.SUBRULE(this.retouche) },
      { ALT: () => this.SUBRULE(this.remplace) },
      { ALT: () => this.SUBRULE(this.renvoi) },
      { ALT: () => this.SUBRULE(this.condition) },
      { ALT: () => this.SUBRULE(this.passe) },
      { ALT: () => this.SUBRULE(this.fractionne) },
      { ALT: () => this.SUBRULE(this.reprend) },
      { ALT: () => this.SUBRULE(this.fait) },
      { ALT: () => this.SUBRULE(this.note) },
      { ALT: () => this.SUBRULE(this.sansCalcul) },
      { ALT: () => this.SUBRULE(this.réserve) },
      { ALT: () => this.SUBRULE(this.lecture) },
      { ALT: () => this.SUBRULE(this.vérifie) },
      { ALT: () => this.SUBRULE(this.coquille) },
      { ALT: () => this.SUBRULE(this.miseÀPart) },
      { ALT: () => this.SUBRULE(this.arrondit) },
      { ALT: () => this.SUBRULE(this.taxe) },
      { ALT: () => this.SUBRULE(this.exemple) },
      { ALT: () => this.SUBRULE(this.norme) },
      { ALT: () => this.SUBRULE(this.ligne) },
      { ALT: () => this.SUBRULE(this.définition) },
    ]);
  });

  arrondit = this.RULE('arrondit', () => { this.CONSUME(k.Arrondit); this.CONSUME(t.Quantite); });
  taxe = this.RULE('taxe', () => { this.CONSUME(k.Taxe); this.CONSUME(t.Nom); this.CONSUME(t.Quantite); });

  donnée = this.RULE('donnée', () => {
    this.CONSUME(k.Donnee);
    this.CONSUME(t.Nom);
    this.SUBRULE(this.sorte);
    this.MANY(() => this.OR([
      { ALT: () => this.SUBRULE(this.feuille) },
      { ALT: () => { this.CONSUME(k.AuMoins); this.SUBRULE(this.somme); } },
      { ALT: () => { this.CONSUME(k.AuPlus); this.SUBRULE2(this.somme); } },
      { ALT: () => { this.CONSUME(k.Presumee); this.SUBRULE3(this.somme); } },
      { ALT: () => this.CONSUME(t.Texte) },
    ]));
  });

  sorte = this.RULE('sorte', () => this.OR([
    { ALT: () => { this.CONSUME(k.En); this.SUBRULE(this.unité); } },
    { ALT: () => this.CONSUME(k.Nombre) },
    { ALT: () => this.CONSUME(k.OuiOuNon) },
    { ALT: () => this.CONSUME(k.Date) },
    { ALT: () => { this.CONSUME(k.EnPlages); this.OPTION(() => { this.CONSUME(k.ComprisesDans); this.SUBRULE(this.plageSimple); }); } },
    { ALT: () => this.CONSUME(k.EnListe) },
    { ALT: () => { this.CONSUME(k.Parmi); this.SUBRULE(this.choix); } },
  ]));

  choix = this.RULE('choix', () => {
    this.SUBRULE(this.unChoix);
    this.MANY(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Virgule) }, { ALT: () => this.CONSUME(k.Ou) }, { ALT: () => this.CONSUME(k.Et) }]);
      this.SUBRULE2(this.unChoix);
    });
  });

  unChoix = this.RULE('unChoix', () => {
    this.OPTION(() => this.CONSUME(t.Moins));
    this.OR([{ ALT: () => this.CONSUME(t.Nom) }, { ALT: () => this.CONSUME(t.Nombre) }, { ALT: () => this.CONSUME(t.Quantite) }]);
  });

  /** A unit alone, as in `en kW`: it lexes as names and signs, since no number stands before it. */
  unité = this.RULE('unité', () => {
    this.SUBRULE(this.unitéSimple);
    this.MANY(() => { this.CONSUME(t.Divise); this.SUBRULE2(this.unitéSimple); });
  });

  unitéSimple = this.RULE('unitéSimple', () => this.OR([
    { ALT: () => this.CONSUME(t.SigneUnite) },
    { ALT: () => this.CONSUME(t.Nom) },
  ]));

  feuille = this.RULE('feuille', () => { this.CONSUME(k.Par); this.CONSUME(t.Nom); });

  mesure = this.RULE('mesure', () => {
    this.CONSUME(k.Mesure);
    this.CONSUME(t.Nom);
    this.CONSUME(k.En);
    this.SUBRULE(this.unité);
    this.OPTION(() => { this.CONSUME(t.Egal); this.SUBRULE(this.valeur); });
    this.OPTION2(() => this.CONSUME(t.Texte));
  });

  définitionPlage = this.RULE('définitionPlage', () => {
    this.CONSUME(k.Plage);
    this.CONSUME(t.Nom);
    this.OPTION(() => this.SUBRULE(this.feuille));
    this.CONSUME(t.Egal);
    this.OR([
      { ALT: () => { this.CONSUME(t.Retrait); this.AT_LEAST_ONE(() => { this.SUBRULE(this.rangéePlage); this.CONSUME(t.FinLigne); }); this.CONSUME(t.FinRetrait); } },
      { ALT: () => this.SUBRULE2(this.rangéePlage) },
    ]);
    this.OPTION2(() => this.CONSUME(t.Texte));
  });

  rangéePlage = this.RULE('rangéePlage', () => { this.SUBRULE(this.plage); this.MANY(() => this.SUBRULE(this.garde)); });

  définition = this.RULE('définition', () => {
    this.CONSUME(t.Identifiant);
    this.OPTION(() => this.SUBRULE(this.feuille));
    this.CONSUME(t.Egal);
    this.SUBRULE(this.valeur);
  });

  /** A value: one expression, or rows of which exactly one holds. */
  valeur = this.RULE('valeur', () => {
    this.OR([
      { ALT: () => { this.CONSUME(k.DApres); this.SUBRULE(this.expr); this.SUBRULE(this.rangées); } },
      { ALT: () => this.SUBRULE2(this.rangées) },
      { ALT: () => {
        this.SUBRULE(this.rangée);
        this.OPTION(() => this.SUBRULE3(this.rangées));
      } },
    ]);
  });

  rangées = this.RULE('rangées', () => {
    this.CONSUME(t.Retrait);
    this.AT_LEAST_ONE(() => { this.SUBRULE(this.rangée); this.CONSUME(t.FinLigne); });
    this.CONSUME(t.FinRetrait);
  });

  rangée = this.RULE('rangée', () => {
    this.OPTION(() => this.CONSUME(t.Lettre));
    this.SUBRULE(this.expr);
    this.MANY(() => this.SUBRULE(this.garde));
    this.OPTION2(() => this.CONSUME(t.Texte));
  });

  garde = this.RULE('garde', () => {
    this.OPTION(() => this.CONSUME(t.Virgule));
    this.OR([
      { ALT: () => { this.CONSUME(k.Si); this.SUBRULE(this.expr); } },
      { ALT: () => this.CONSUME(k.Sinon) },
      { ALT: () => { this.CONSUME(k.En); this.SUBRULE(this.plageSimple); } },
      { ALT: () => { this.CONSUME(k.Hors); this.SUBRULE2(this.plageSimple); } },
      { ALT: () => { this.CONSUME(k.Jusqua); this.SUBRULE(this.somme); } },
      { ALT: () => this.CONSUME(k.AuDela) },
      { ALT: () => { this.CONSUME(k.Des); this.SUBRULE2(this.somme); } },
      { ALT: () => { this.CONSUME(k.Sous); this.SUBRULE3(this.somme); } },
      { ALT: () => { this.CONSUME(k.Pour); this.SUBRULE(this.choix); } },
    ]);
  });

  table = this.RULE('table', () => {
    this.CONSUME(k.Table);
    this.CONSUME(k.DApres);
    this.CONSUME(t.Nom);
    this.OPTION(() => this.CONSUME(t.Texte));
    this.SUBRULE(this.grille);
  });

  grille = this.RULE('grille', () => {
    this.CONSUME(t.Retrait);
    this.AT_LEAST_ONE(() => { this.SUBRULE(this.rangGrille); this.CONSUME(t.FinLigne); });
    this.CONSUME(t.FinRetrait);
  });

  rangGrille = this.RULE('rangGrille', () => {
    this.CONSUME(t.Barre);
    this.AT_LEAST_ONE(() => {
      this.OPTION(() => this.SUBRULE(this.case));
      this.CONSUME2(t.Barre);
    });
  });

  /** A cell: a value, or a column's name; `du` and `au` head the bounds of a period. */
  case = this.RULE('case', () => this.OR([
    { ALT: () => this.CONSUME(k.Du) },
    { ALT: () => this.CONSUME(k.Au) },
    { ALT: () => this.SUBRULE(this.expr) },
  ]));

  ligne = this.RULE('ligne', () => {
    this.CONSUME(t.Role);
    this.OPTION(() => this.CONSUME(t.Nom));
    this.OPTION2(() => this.CONSUME(t.Texte));
    this.OPTION3(() => this.OR([
      { ALT: () => { this.CONSUME(t.DeX); this.SUBRULE(this.expr); } },
      { ALT: () => { this.CONSUME(t.Egal); this.SUBRULE(this.valeur); } },
    ]));
    this.MANY(() => this.SUBRULE(this.garde));
    this.OPTION4(() => this.OR2([
      { ALT: () => { this.OPTION5(() => this.CONSUME(k.A)); this.SUBRULE(this.rangée); this.OPTION6(() => this.SUBRULE2(this.rangées)); } },
      { ALT: () => this.SUBRULE(this.rangées) },
    ]));
  });

  retouche = this.RULE('retouche', () => {
    this.OR([{ ALT: () => this.CONSUME(k.Majore) }, { ALT: () => this.CONSUME(k.Reduit) }]);
    this.OPTION(() => this.CONSUME(k.Le));
    this.CONSUME(t.Nom);
    this.CONSUME(t.DeX);
    this.SUBRULE(this.expr);
    this.MANY(() => this.SUBRULE(this.garde));
    this.OPTION2(() => this.CONSUME(t.Texte));
  });

  remplace = this.RULE('remplace', () => {
    this.CONSUME(k.Remplace);
    this.OR([
      { ALT: () => { this.CONSUME(k.LaFacture); this.OPTION(() => { this.CONSUME(k.Si); this.SUBRULE(this.expr); }); } },
      { ALT: () => {
        this.OPTION2(() => this.CONSUME(k.Le));
        this.CONSUME(t.Nom);
        this.OPTION3(() => { this.CONSUME(t.DeX); this.OPTION4(() => this.CONSUME(k.Article)); this.CONSUME(t.NumeroArticle); this.OPTION5(() => this.CONSUME(t.Lettre)); });
        this.OPTION6(() => this.SUBRULE(this.feuille));
        this.CONSUME(t.Egal);
        this.SUBRULE(this.valeur);
      } },
    ]);
  });

  renvoi = this.RULE('renvoi', () => {
    this.CONSUME(k.SIlYALieu);
    this.SUBRULE(this.articles);
  });

  articles = this.RULE('articles', () => {
    this.OPTION(() => this.CONSUME(k.Article));
    this.CONSUME(t.NumeroArticle);
    this.MANY(() => {
      this.OR([{ ALT: () => this.CONSUME(t.Virgule) }, { ALT: () => this.CONSUME(k.Et) }, { ALT: () => this.CONSUME(k.A) }]);
      this.CONSUME2(t.NumeroArticle);
    });
  });

  condition = this.RULE('condition', () => {
    this.OR([{ ALT: () => this.CONSUME(k.Exige) }, { ALT: () => this.CONSUME(k.Exclut) }, { ALT: () => this.CONSUME(k.Controle) }]);
    this.SUBRULE(this.expr);
    this.MANY(() => this.SUBRULE(this.garde));
    this.OPTION(() => this.CONSUME(t.Texte));
    this.OPTION2(() => { this.CONSUME(k.Renvoie); this.CONSUME(k.AuxTarifs); this.SUBRULE(this.noms); });
  });

  passe = this.RULE('passe', () => {
    this.CONSUME(k.Passe);
    this.CONSUME(k.AuxTarifs);
    this.CONSUME(t.Nom);
    this.MANY(() => this.SUBRULE(this.garde));
    this.OPTION(() => this.CONSUME(t.Texte));
  });

  fractionne = this.RULE('fractionne', () => {
    this.CONSUME(k.Fractionne);
    this.OR([{ ALT: () => this.CONSUME(k.LaFacture) }, { ALT: () => this.CONSUME(t.Nom) }]);
    this.OR2([
      { ALT: () => this.CONSUME(k.ChangementEdition) },
      { ALT: () => { this.CONSUME(k.AuxBords); this.CONSUME(t.DeX); this.SUBRULE(this.plageSimple); } },
      { ALT: () => { this.CONSUME(k.AuxChangements); this.CONSUME2(t.DeX); this.CONSUME2(t.Nom); } },
      { ALT: () => {
        this.OR3([{ ALT: () => this.CONSUME(k.Aux) }, { ALT: () => this.CONSUME(k.Au) }, { ALT: () => this.CONSUME(k.Le) }]);
        this.CONSUME(t.DateLitterale);
        this.MANY(() => {
          this.OR4([{ ALT: () => this.CONSUME(t.Virgule) }, { ALT: () => this.CONSUME(k.Et) }]);
          this.OPTION(() => this.CONSUME2(k.Le));
          this.CONSUME2(t.DateLitterale);
        });
      } },
    ]);
    this.OPTION2(() => { this.OPTION3(() => this.CONSUME2(t.Virgule)); this.CONSUME(k.DApresLaReleve); });
    this.OPTION4(() => { this.OPTION5(() => this.CONSUME3(t.Virgule)); this.CONSUME(k.AuProrata); });
    this.OPTION6(() => { this.CONSUME(k.Si); this.SUBRULE(this.expr); });
  });

  reprend = this.RULE('reprend', () => {
    this.CONSUME(k.Reprend);
    this.OR([
      { ALT: () => this.SUBRULE(this.articles) },
      { ALT: () => { this.CONSUME(k.Modele); this.CONSUME(t.Nom); } },
      { ALT: () => { this.OPTION(() => this.CONSUME(k.Le)); this.CONSUME(k.Tarif); this.CONSUME2(t.Nom); } },
    ]);
    this.OPTION2(() => this.CONSUME(t.Texte));
  });

  fait = this.RULE('fait', () => {
    this.CONSUME(k.Fait);
    this.CONSUME(t.Nom);
    this.CONSUME(t.Egal);
    this.OR([
      { ALT: () => this.CONSUME(t.Texte) },
      { ALT: () => { this.SUBRULE(this.expr); this.OPTION(() => { this.OR2([{ ALT: () => this.CONSUME(k.A) }, { ALT: () => this.CONSUME(k.Au) }]); this.SUBRULE2(this.expr); }); this.OPTION2(() => this.CONSUME2(t.Texte)); } },
    ]);
  });

  note = this.RULE('note', () => { this.CONSUME(k.Note); this.CONSUME(t.Texte); });
  sansCalcul = this.RULE('sansCalcul', () => { this.CONSUME(k.SansCalcul); this.CONSUME(t.Texte); });
  réserve = this.RULE('réserve', () => { this.CONSUME(k.Reserve); this.CONSUME(t.Texte); this.OPTION(() => { this.CONSUME(k.Si); this.SUBRULE(this.expr); }); });

  lecture = this.RULE('lecture', () => {
    this.CONSUME(k.Lecture);
    this.CONSUME(t.Texte);
    this.CONSUME(k.Retient);
    this.CONSUME2(t.Texte);
    this.MANY(() => { this.CONSUME(k.Ecarte); this.CONSUME3(t.Texte); });
  });

  vérifie = this.RULE('vérifie', () => { this.CONSUME(k.Verifie); this.SUBRULE(this.expr); this.OPTION(() => this.CONSUME(t.Texte)); });

  coquille = this.RULE('coquille', () => {
    this.CONSUME(k.Coquille);
    this.OR([
      { ALT: () => { this.CONSUME(t.Texte); this.CONSUME(k.AuLieuDe); this.CONSUME2(t.Texte); } },
      { ALT: () => {
        this.SUBRULE(this.atome);
        this.OR2([{ ALT: () => this.CONSUME2(k.AuLieuDe) }, { ALT: () => this.CONSUME(k.Pour) }]);
        this.SUBRULE(this.expr);
      } },
    ]);
    this.OPTION(() => this.CONSUME3(t.Texte));
  });

  /** `hors calcul 12 mois ; 3e ; article 2.7 « … »`: figures set aside, with the reason. */
  miseÀPart = this.RULE('miseÀPart', () => {
    this.OR([{ ALT: () => this.CONSUME(k.HorsCalcul) }, { ALT: () => this.CONSUME(k.HorsLivre) }]);
    this.SUBRULE(this.chiffre);
    this.MANY(() => { this.CONSUME(t.PointVirgule); this.SUBRULE2(this.chiffre); });
    this.CONSUME(t.Texte);
  });

  /** A figure as the book prints it: a quantity, a rank, a date, a month with its year, an hour; or articles, sections, a chapter. */
  chiffre = this.RULE('chiffre', () => this.OR([
    { ALT: () => { this.OPTION(() => this.CONSUME(t.Moins)); this.OR2([{ ALT: () => this.CONSUME(t.Quantite) }, { ALT: () => this.CONSUME(t.Nombre) }]); } },
    { ALT: () => this.CONSUME(t.Rang) },
    { ALT: () => this.CONSUME(t.DateLitterale) },
    { ALT: () => { this.CONSUME(t.MoisNomme); this.CONSUME2(t.Nombre); } },
    { ALT: () => this.CONSUME(t.HeureMinute) },
    { ALT: () => {
      this.OPTION2(() => {
        this.CONSUME(k.Section);
        this.CONSUME3(t.Nombre);
        this.MANY(() => { this.OR3([{ ALT: () => this.CONSUME(t.Virgule) }, { ALT: () => this.CONSUME(k.Et) }]); this.CONSUME4(t.Nombre); });
        this.CONSUME(k.Du);
      });
      this.CONSUME(k.Chapitre);
      this.CONSUME5(t.Nombre);
    } },
    { ALT: () => this.SUBRULE(this.articles) },
  ]));

  norme = this.RULE('norme', () => {
    this.OR([{ ALT: () => this.CONSUME(k.Client) }, { ALT: () => this.CONSUME(k.HydroQuebec) }]);
    this.OR2([
      { ALT: () => this.CONSUME(k.Doit) }, { ALT: () => this.CONSUME(k.Peut) }, { ALT: () => this.CONSUME(k.NeDoitPas) }, { ALT: () => this.CONSUME(k.NePeutPas) },
    ]);
    this.CONSUME(t.Texte);
    this.MANY(() => this.OR3([
      { ALT: () => {
        this.CONSUME(k.Delai);
        this.OPTION(() => this.OR4([{ ALT: () => this.CONSUME(k.AuMoins) }, { ALT: () => this.CONSUME(k.AuPlus) }]));
        this.SUBRULE(this.somme);
        this.OPTION2(() => this.CONSUME2(t.Texte));
      } },
      { ALT: () => { this.CONSUME(k.Avant); this.SUBRULE2(this.somme); this.OPTION3(() => this.CONSUME3(t.Texte)); } },
      { ALT: () => { this.CONSUME(k.Si); this.SUBRULE(this.expr); } },
    ]));
  });

  // ── examples ───────────────────────────────────────────────────────────
  exemple = this.RULE('exemple', () => {
    this.CONSUME(k.Exemple);
    this.CONSUME(t.Texte);
    this.CONSUME(t.Retrait);
    this.AT_LEAST_ONE(() => { this.SUBRULE(this.ligneExemple); this.CONSUME(t.FinLigne); });
    this.CONSUME(t.FinRetrait);
  });

  ligneExemple = this.RULE('ligneExemple', () => this.OR([
    { ALT: () => { this.CONSUME(k.Tarif); this.CONSUME(t.Nom); } },
    { ALT: () => { this.CONSUME(k.Option); this.SUBRULE(this.noms); } },
    { ALT: () => { this.CONSUME(k.Periode); this.SUBRULE(this.durée); } },
    { ALT: () => { this.CONSUME(k.Historique); this.SUBRULE(this.grille); } },
    { ALT: () => { this.CONSUME(k.Releve); this.CONSUME(t.DateLitterale); this.SUBRULE(this.bloqueAffectations); } },
    { ALT: () => { this.CONSUME(k.Donne); this.SUBRULE(this.attentes); } },
    { ALT: () => { this.CONSUME(k.RefusePar); this.SUBRULE(this.articles); } },
    { ALT: () => this.SUBRULE(this.affectation) },
  ]));

  bloqueAffectations = this.RULE('bloqueAffectations', () => {
    this.CONSUME(t.Retrait);
    this.AT_LEAST_ONE(() => { this.SUBRULE(this.affectation); this.CONSUME(t.FinLigne); });
    this.CONSUME(t.FinRetrait);
  });

  durée = this.RULE('durée', () => {
    this.CONSUME(t.DeX);
    this.SUBRULE(this.instant);
    this.CONSUME(k.Au);
    this.SUBRULE2(this.instant);
  });

  instant = this.RULE('instant', () => {
    this.CONSUME(t.DateLitterale);
    this.OPTION(() => { this.OPTION2(() => this.CONSUME(k.A)); this.SUBRULE(this.heureDuJour); });
  });

  heureDuJour = this.RULE('heureDuJour', () => this.OR([{ ALT: () => this.CONSUME(t.HeureMinute) }, { ALT: () => this.CONSUME(t.Quantite) }]));

  affectation = this.RULE('affectation', () => {
    this.CONSUME(t.NomLibre);
    this.MANY(() => this.OR([
      { ALT: () => { this.CONSUME(k.Pendant); this.SUBRULE(this.plageSimple); } },
      { ALT: () => { this.CONSUME(k.Sauf); this.SUBRULE2(this.plageSimple); } },
    ]));
    this.OPTION(() => { this.SUBRULE(this.feuille); this.OPTION2(() => this.SUBRULE(this.durée)); });
    this.OR2([
      { ALT: () => { this.CONSUME(t.Egal); this.SUBRULE(this.valeur); } },
      { GATE: () => this.LA(2).tokenType === t.Barre, ALT: () => this.SUBRULE(this.grille) },
      { ALT: () => this.SUBRULE(this.rangées) },
    ]);
  });

  attentes = this.RULE('attentes', () => {
    this.CONSUME(t.Retrait);
    this.AT_LEAST_ONE(() => { this.SUBRULE(this.attente); this.CONSUME(t.FinLigne); });
    this.CONSUME(t.FinRetrait);
  });

  attente = this.RULE('attente', () => this.OR([
    { ALT: () => { this.CONSUME(k.Reserve); this.CONSUME(t.NumeroArticle); } },
    { ALT: () => this.SUBRULE(this.expr) },
  ]));

  // ── expressions, loosest first ─────────────────────────────────────────
  expr = this.RULE('expr', () => {
    this.SUBRULE(this.conjonction);
    this.MANY(() => { this.CONSUME(k.Ou); this.SUBRULE2(this.conjonction); });
  });

  conjonction = this.RULE('conjonction', () => {
    this.SUBRULE(this.négation);
    this.MANY(() => { this.CONSUME(k.Et); this.SUBRULE2(this.négation); });
  });

  négation = this.RULE('négation', () => {
    // « non » alone is a value; before an expression it is its contrary.
    this.OPTION({ GATE: () => !this.endsHere(2), DEF: () => this.CONSUME(k.Non) });
    this.SUBRULE(this.comparaison);
  });

  comparaison = this.RULE('comparaison', () => {
    this.SUBRULE(this.défaut);
    this.MANY(() => this.OR([
      { ALT: () => { this.SUBRULE(this.signe); this.SUBRULE2(this.défaut); } },
      { ALT: () => { this.CONSUME(k.Parmi); this.SUBRULE(this.choix); } },
      { ALT: () => {
        this.CONSUME(k.Est);
        this.OR2([{ ALT: () => this.CONSUME(k.En) }, { ALT: () => this.CONSUME(k.EntierementEn) }, { ALT: () => this.CONSUME(k.Hors) }]);
        this.SUBRULE(this.plageSimple);
      } },
    ]));
  });

  signe = this.RULE('signe', () => this.OR([
    { ALT: () => this.CONSUME(t.Egal) }, { ALT: () => this.CONSUME(t.Different) }, { ALT: () => this.CONSUME(t.Inferieur) },
    { ALT: () => this.CONSUME(t.InferieurOuEgal) }, { ALT: () => this.CONSUME(t.Superieur) }, { ALT: () => this.CONSUME(t.SuperieurOuEgal) },
  ]));

  défaut = this.RULE('défaut', () => {
    this.SUBRULE(this.borne);
    this.MANY(() => { this.CONSUME(k.ADefaut); this.SUBRULE2(this.borne); });
  });

  borne = this.RULE('borne', () => {
    this.SUBRULE(this.somme);
    this.MANY(() => {
      this.OR([{ ALT: () => this.CONSUME(k.MaisAuMoins) }, { ALT: () => this.CONSUME(k.MaisAuPlus) }, { ALT: () => this.CONSUME(k.AuDelaDe) }]);
      this.SUBRULE2(this.somme);
    });
  });

  somme = this.RULE('somme', () => {
    this.SUBRULE(this.produit);
    this.MANY(() => { this.OR([{ ALT: () => this.CONSUME(t.Plus) }, { ALT: () => this.CONSUME(t.Moins) }]); this.SUBRULE2(this.produit); });
  });

  produit = this.RULE('produit', () => {
    this.SUBRULE(this.facteur);
    this.MANY(() => { this.OR([{ ALT: () => this.CONSUME(t.Fois) }, { ALT: () => this.CONSUME(t.Divise) }]); this.SUBRULE2(this.facteur); });
  });

  facteur = this.RULE('facteur', () => {
    this.OPTION(() => this.CONSUME(t.Lettre));
    this.OPTION2(() => this.CONSUME(t.Moins));
    this.OR([
      { ALT: () => {
        this.CONSUME(t.Agregat);
        this.CONSUME(t.DeX);
        this.OPTION3({ GATE: () => this.LA(2).tokenType === k.PlusElevees, DEF: () => { this.CONSUME(t.Nombre); this.CONSUME(k.PlusElevees); this.CONSUME2(t.DeX); } });
        this.SUBRULE(this.suffixé);
      } },
      { ALT: () => this.SUBRULE2(this.suffixé) },
    ]);
  });

  suffixé = this.RULE('suffixé', () => {
    this.SUBRULE(this.atome);
    this.MANY(() => this.SUBRULE(this.suffixe));
  });

  suffixe = this.RULE('suffixe', () => this.OR([
    { ALT: () => { this.CONSUME(k.Pendant); this.SUBRULE(this.plageSimple); } },
    { ALT: () => { this.CONSUME(k.Sauf); this.SUBRULE2(this.plageSimple); } },
    { ALT: () => { this.CONSUME(k.Sur); this.SUBRULE(this.fenêtre); } },
    { ALT: () => { this.CONSUME(k.OuFiltre); this.SUBRULE(this.atome); } },
    { ALT: () => this.CONSUME(k.DOrigine) },
    { ALT: () => { this.CONSUME(k.ExprimeeEn); this.SUBRULE(this.unité); } },
    { ALT: () => { this.CONSUME(k.AuxTarifs); this.OR2([{ ALT: () => this.CONSUME(k.DeBase) }, { ALT: () => this.CONSUME(t.Nom) }]); } },
    { ALT: () => {
      this.CONSUME(k.Avec);
      this.CONSUME(t.ParG);
      this.SUBRULE(this.pose);
      this.MANY(() => { this.CONSUME(t.PointVirgule); this.SUBRULE2(this.pose); });
      this.CONSUME(t.ParD);
    } },
  ]));

  pose = this.RULE('pose', () => {
    this.OR([{ GATE: () => this.LA(2).tokenType !== t.Egal, ALT: () => this.SUBRULE(this.accès) }, { ALT: () => this.CONSUME(t.Nom) }]);
    this.CONSUME(t.Egal);
    this.SUBRULE(this.défaut);
  });

  atome = this.RULE('atome', () => this.OR({
    IGNORE_AMBIGUITIES: true,
    DEF: [
      { ALT: () => { this.OR2([{ ALT: () => this.CONSUME(t.Quantite) }, { ALT: () => this.CONSUME(t.Nombre) }]); this.OPTION(() => { this.CONSUME(k.Selon); this.OPTION2(() => this.CONSUME(k.Article)); this.CONSUME(t.NumeroArticle); }); } },
      { ALT: () => { this.OPTION3(() => this.CONSUME(k.Le)); this.SUBRULE(this.instant); } },
      { ALT: () => this.CONSUME(t.HeureMinute) },
      { ALT: () => this.CONSUME(t.MoisNomme) },
      { ALT: () => this.CONSUME(k.Oui) },
      { ALT: () => this.CONSUME2(k.Non) },
      { ALT: () => { this.CONSUME(t.ParG); this.SUBRULE(this.expr); this.CONSUME(t.ParD); } },
      { GATE: () => this.isAccess(), ALT: () => this.SUBRULE(this.accès) },
      { ALT: () => { this.CONSUME(k.Admissible); this.CONSUME(k.AuxTarifs); this.CONSUME(t.Nom); } },
      { GATE: () => this.LA(1).tokenType === k.Option && this.LA(2).tokenType !== t.Egal, ALT: () => { this.CONSUME(k.Option); this.OR3([{ ALT: () => this.CONSUME2(t.Nom) }, { ALT: () => this.SUBRULE(this.partieDuLivre) }]); } },
      { GATE: () => this.LA(2).tokenType === t.ParG, ALT: () => this.SUBRULE(this.appel) },
      { ALT: () => { this.OPTION4(() => this.CONSUME2(k.Le)); this.CONSUME3(t.Nom); } },
    ],
  }));

  /** A chapter, or some of its sections: `du chapitre 6`, `des sections 2, 4 et 5 du chapitre 6`. */
  partieDuLivre = this.RULE('partieDuLivre', () => {
    this.OPTION(() => {
      this.OR([{ ALT: () => this.CONSUME(k.De) }, { ALT: () => this.CONSUME(k.DeLa) }]);
      this.CONSUME(k.Section);
      this.CONSUME(t.Nombre);
      this.MANY(() => {
        this.OR2([{ ALT: () => this.CONSUME(t.Virgule) }, { ALT: () => this.CONSUME(k.Et) }, { ALT: () => this.CONSUME(k.Ou) }]);
        this.CONSUME2(t.Nombre);
      });
    });
    this.CONSUME(k.Du);
    this.CONSUME(k.Chapitre);
    this.CONSUME3(t.Nombre);
  });

  appel = this.RULE('appel', () => {
    this.CONSUME(t.Nom);
    this.CONSUME(t.ParG);
    this.SUBRULE(this.expr);
    this.MANY(() => { this.CONSUME(t.PointVirgule); this.SUBRULE2(this.expr); });
    this.CONSUME(t.ParD);
  });

  /** A part of a line: `prix de la 2e tranche de l'énergie`. */
  accès = this.RULE('accès', () => {
    this.OPTION(() => this.CONSUME(k.Le));
    this.OR([{ ALT: () => this.CONSUME(k.PrixNet) }, { ALT: () => this.CONSUME(k.Prix) }, { ALT: () => this.CONSUME(k.Montant) }, { ALT: () => this.CONSUME(k.Assiette) }]);
    this.CONSUME(t.DeX);
    this.OPTION2(() => { this.CONSUME(t.Rang); this.CONSUME(k.Tranche); this.CONSUME2(t.DeX); });
    this.CONSUME(t.Nom);
  });

  private endsHere(at: number): boolean {
    const { tokenType } = this.LA(at);
    return tokenType === t.Barre || tokenType === t.FinLigne || tokenType === t.ParD || tokenType === t.PointVirgule || tokenType === t.Texte || tokenType === t.Retrait || tokenType === EOF
      || tokenType === k.Si || tokenType === k.Sinon || tokenType === k.Et || tokenType === k.Ou || tokenType === k.En || tokenType === k.Pour;
  }

  private isAccess(): boolean {
    const at = this.LA(1).tokenType === k.Le ? 2 : 1;
    const first = this.LA(at).tokenType;
    const second = this.LA(at + 1);
    return (first === k.PrixNet || first === k.Prix || first === k.Montant || first === k.Assiette)
      && (second.tokenType.CATEGORIES?.includes(t.DeX) ?? false);
  }

  // ── windows ────────────────────────────────────────────────────────────
  fenêtre = this.RULE('fenêtre', () => this.OR([
    { ALT: () => this.CONSUME(k.LaPeriodePrecedente) },
    { ALT: () => this.CONSUME(k.LesPrecedents) },
    { ALT: () => this.CONSUME(k.LesJoursDeLaPeriode) },
    { ALT: () => {
      this.CONSUME(k.LesPeriodes);
      this.OR2([
        { ALT: () => { this.OR3([{ ALT: () => this.CONSUME(k.En) }, { ALT: () => this.CONSUME(k.EntierementEn) }]); this.SUBRULE(this.plageSimple); this.CONSUME(k.Parmi); this.SUBRULE(this.fenêtre); } },
        { ALT: () => { this.OPTION(() => this.CONSUME(k.Precedents)); this.CONSUME(k.DeCet); this.CONSUME(t.Nom); } },
        { ALT: () => { this.CONSUME(k.Depuis); this.SUBRULE(this.atome); } },
      ]);
    } },
    { ALT: () => { this.CONSUME(k.Le); this.SUBRULE(this.fenêtreComptée); } },
    { ALT: () => { this.CONSUME2(t.Nom); this.CONSUME(k.Entier); } },
  ]));

  fenêtreComptée = this.RULE('fenêtreComptée', () => this.OR([
    { ALT: () => { this.CONSUME(t.Quantite); this.CONSUME(k.Precedents); } },
    { ALT: () => {
      this.CONSUME(t.Nombre);
      this.OR2([
        { ALT: () => { this.CONSUME(k.Derniers); this.OR3([{ ALT: () => this.CONSUME(k.Periodes) }, { ALT: () => this.CONSUME(t.Nom) }]); } },
        { ALT: () => { this.CONSUME2(k.Periodes); this.CONSUME2(k.Precedents); } },
      ]);
    } },
  ]));

  // ── sets of time ───────────────────────────────────────────────────────
  plage = this.RULE('plage', () => {
    this.SUBRULE(this.plageSimple);
    this.MANY(() => {
      this.OR([{ ALT: () => this.CONSUME(k.Ou) }, { ALT: () => this.CONSUME(k.Et) }, { ALT: () => this.CONSUME(k.Sauf) }, { ALT: () => this.CONSUME(t.Virgule) }]);
      this.SUBRULE2(this.plageSimple);
    });
  });

  plageSimple = this.RULE('plageSimple', () => this.OR([
    { ALT: () => { this.CONSUME(k.Du); this.SUBRULE(this.repère); this.CONSUME(k.Au); this.SUBRULE2(this.repère); } },
    { ALT: () => { this.OR2([{ ALT: () => this.CONSUME(k.De) }, { ALT: () => this.CONSUME(k.DeLa) }]); this.SUBRULE(this.bord); this.CONSUME(k.A); this.SUBRULE2(this.bord); } },
    { ALT: () => { this.OPTION(() => this.CONSUME(k.Le)); this.CONSUME(t.DateLitterale); this.OPTION2(() => this.CONSUME(k.AnneesPaires)); } },
    { ALT: () => this.CONSUME(t.MoisNomme) },
    { ALT: () => this.CONSUME(t.JourSemaine) },
    { ALT: () => { this.CONSUME(k.Paques); this.OPTION3(() => { this.OR3([{ ALT: () => this.CONSUME(t.Plus) }, { ALT: () => this.CONSUME(t.Moins) }]); this.CONSUME(t.Quantite); }); } },
    { ALT: () => { this.CONSUME(k.Quand); this.SUBRULE(this.atome); } },
    { ALT: () => { this.CONSUME(k.JourneesDe); this.SUBRULE(this.plageSimple); } },
    { ALT: () => { this.CONSUME(t.Nom); this.OPTION4(() => { this.CONSUME(k.OuFiltre); this.SUBRULE2(this.atome); }); } },
    { ALT: () => { this.CONSUME(t.ParG); this.SUBRULE(this.plage); this.CONSUME(t.ParD); } },
  ]));

  /** The start or the end of a span: an hour, an instant, more or less a duration. No suffix: `sauf` after it is of the plage. */
  bord = this.RULE('bord', () => {
    this.SUBRULE(this.atome);
    this.MANY(() => { this.OR([{ ALT: () => this.CONSUME(t.Plus) }, { ALT: () => this.CONSUME(t.Moins) }]); this.SUBRULE2(this.atome); });
  });

  repère = this.RULE('repère', () => this.OR([
    { ALT: () => this.SUBRULE(this.instant) },
    { ALT: () => { this.CONSUME(t.JourSemaine); this.OPTION(() => { this.OPTION2(() => this.CONSUME(k.A)); this.SUBRULE(this.heureDuJour); }); } },
  ]));
}

export type { CstNode, IToken };
