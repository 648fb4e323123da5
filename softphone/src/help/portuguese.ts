/** The help of each page in Portuguese. */
import type { Help } from './topics';

export const portuguese: Help = {
  'first-start': {
    for: 'Configura a primeira linha passo a passo: a linha, o seu teste, o primeiro número, onde se atende e, no fim, uma chamada a sério.',
    how: [
      'Escolha o que tem: um número alugado, o seu telemóvel, ou uma central de escritório.',
      'Introduza o que o fornecedor lhe deu; o teste diz o que está errado e o que fazer.',
      'Escolha onde se atende: neste navegador, ou num telefone de secretária.',
      'Pode sair a qualquer momento; o que está guardado fica, e tudo se pode mudar nas definições.',
    ],
  },
  leads: {
    for: 'As leads são pessoas que ligaram, ou a quem se ligou, e ainda não são clientes. Cada chamada com um número desconhecido cria uma.',
    how: [
      'Abra uma lead com um clique; fica marcada como nova até alguém a abrir.',
      'Restrinja a lista em cima: por nome ou número, por estado, por responsável.',
      'Ligue de volta com o auscultador ao lado do número.',
      'Faça da lead um cliente: abra-a e prima “Converter”. As chamadas e gravações vão com ela.',
      'Escreva uma à mão com “Nova lead”.',
    ],
  },
  clients: {
    for: 'Os contactos são pessoas, as empresas são firmas. Uma chamada é-lhes atribuída por qualquer dos seus números.',
    how: [
      'Escolha em cima contactos ou empresas e escreva uma parte do nome ou do número.',
      'Abra uma ficha com um clique: as chamadas e gravações estão à direita.',
      'Adicione com o botão em cima à direita.',
      'Encontre um cliente de qualquer página com a procura em cima.',
    ],
  },
  deals: {
    for: 'Um negócio é algo em curso com um cliente: um valor e uma fase.',
    how: [
      'Mostre em cima só os negócios em aberto, ou todos.',
      'Comece um com “Novo negócio”, na ficha de um cliente ou ao converter uma lead.',
      'Passe-o para outra fase na sua ficha.',
    ],
  },
  card: {
    for: 'Tudo sobre um cliente, uma lead ou um negócio: os detalhes à esquerda, as chamadas com gravações à direita.',
    how: [
      'Altere os detalhes com “Editar”. Uma ficha pode ter vários números.',
      'Ligue para um número com o auscultador ao lado, ou copie-o.',
      'Ouça uma gravação com o botão da chamada; guarde-a no leitor como WAV ou MP3.',
      'Escreva nas notas o que o próximo colega deve saber; guardam-se sozinhas.',
      'Escolha o responsável: as chamadas deste cliente podem tocar-lhe primeiro.',
    ],
  },
  calls: {
    for: 'As chamadas que pode ver, as mais recentes primeiro; em cima, as que estão em curso.',
    how: [
      'Escolha todas as chamadas, as suas, ou as perdidas.',
      'Filtre por tempo, pessoa, cliente, número, como terminaram ou resultado e exporte o que se vê como tabela.',
      'Uma chamada perdida fica “por tratar” até alguém falar com quem ligou.',
      'Abra uma chamada para ver cada parte e ouvir a gravação.',
      'Ponha em espera, transfira, estacione ou desligue uma chamada em curso com os botões da sua linha.',
    ],
  },
  call: {
    for: 'Uma chamada do princípio ao fim: a quem tocou, quem atendeu, como terminou e de quem foi a falha, se falhou.',
    how: [
      'Ouça a gravação, ou só um dos lados.',
      'Abra a ficha do cliente com um clique no nome.',
      'Veja nas pernas da chamada os telefones, o codec e a qualidade do som.',
    ],
  },
  messages: {
    for: 'O que disseram ao seu correio de voz e ao dos seus grupos.',
    how: [
      'Ouça uma mensagem; passa a contar como ouvida. Pode marcá-la de novo como nova.',
      'Ligue de volta com o auscultador ao lado do número.',
      'Remova uma mensagem já tratada. Não se pode voltar a ouvir.',
      'No telefone, *97 reproduz as mesmas mensagens.',
    ],
  },
  queues: {
    for: 'Quantas pessoas esperam, há quanto tempo, e o que fazem os agentes, neste momento.',
    how: [
      'Entre numa fila ou faça pausa no menu com o seu nome.',
      'Um gestor pode pôr, tirar ou pausar um agente com “Mudar”.',
      'O nível de serviço é a parte das chamadas atendidas a tempo.',
    ],
  },
  me: {
    for: 'Como as chamadas lhe chegam, e como esta página lhe fala.',
    how: [
      '“Não incomodar” silencia os seus telefones; quem liga ouve ocupado ou vai para onde “ocupado” leva.',
      'Reencaminhe chamadas sempre, quando está ocupado, quando não atende, ou quando nenhum telefone está contactável.',
      'Entre aqui nas suas filas e diga por que faz pausa.',
      'Escolha o idioma e o relógio da página; seguem-no para qualquer navegador.',
    ],
  },
  headset: {
    for: 'Descubra se os outros o ouvem e se os ouve, antes que um cliente ligue.',
    how: [
      'Experimente o microfone: a barra mexe-se enquanto fala. Depois grave cinco segundos e ouça-se como os outros o ouvem.',
      'Escolha onde se ouvem as vozes e onde toca; o altifalante pode tocar mesmo que fale pelos auscultadores.',
      'Permita que o navegador o avise de chamadas quando outra janela está à frente.',
      'Com o Chrome ou o Edge, as teclas de uns auscultadores USB atendem, silenciam e desligam.',
    ],
  },
  reports: {
    for: 'Chamadas contadas por pessoa, fila, número, dia ou hora.',
    how: [
      'Escolha o período e por que se conta.',
      'Ordene por uma coluna com um clique no seu cabeçalho.',
      'Guarde o que vê como CSV para uma folha de cálculo.',
    ],
  },
  alarms: {
    for: 'O que um administrador deve ver: chamadas de emergência, números recusados, limites, PIN errados.',
    how: [
      'Prima “Tratado” quando estiver resolvido; fica em “Todos” com quem o tratou.',
      'Volte a permitir em cima as chamadas a quem atingiu um limite.',
      'Abra a chamada que desencadeou o alarme.',
    ],
  },
  password: {
    for: 'A sua própria palavra-passe. As suas outras sessões terminam quando a altera.',
    how: ['Introduza a palavra-passe atual e duas vezes a nova; pelo menos 8 caracteres.'],
  },
  phone: {
    for: 'O seu telefone nesta página: as chamadas tocam aqui e fala com um auricular.',
    how: [
      'Prima d ou o auscultador em cima e escreva um nome ou um número.',
      'Quando alguém liga, a ficha abre-se antes de atender. Atenda com o botão, com Alt+a ou com o botão do auricular.',
      'Numa chamada pode silenciar-se, pôr em espera, transferir, juntar alguém, premir teclas, interromper a gravação e escrever uma nota.',
      'Em “Atender em” escolha quais dos seus telefones tocam; os botões funcionam nas chamadas de cada um.',
      'Quando a página é recarregada ou a rede falha, a chamada volta sozinha; até lá o outro lado ouve música.',
    ],
  },
  'settings/people': {
    for: 'Todos os que iniciam sessão ou têm telefone.',
    how: [
      'Adicione uma pessoa com nome, utilizador e extensão; por uma ligação escolhe a sua palavra-passe.',
      'Abra uma pessoa para adicionar telefones: as linhas a introduzir no telefone só são mostradas uma vez.',
      'Escolha a função: os operadores veem o que é seu, os gestores tudo, os administradores também as definições.',
      'Dê direitos além da função, por exemplo ligar para o estrangeiro.',
      'Dê saída a quem deixa o escritório: as sessões e os telefones terminam de imediato, clientes e números passam para um colega, o histórico fica.',
    ],
  },
  'settings/groups': {
    for: 'Pessoas que tocam em conjunto, capturam chamadas umas das outras ou têm o mesmo chefe.',
    how: [
      'Adicione os membros; uma pessoa pode estar em vários grupos.',
      'Os membros de um grupo de captura apanham as chamadas a tocar com *11.',
      'O chefe vê e ouve as chamadas do grupo.',
    ],
  },
  'settings/trunks': {
    for: 'As linhas para os seus operadores e para a central do escritório.',
    how: [
      'Adicione um trunk: por registo se recebeu utilizador e palavra-passe, por endereço se o operador conhece o seu.',
      'O teste experimenta a ligação antes de a guardar e diz o que fazer se falhar.',
      'O estado diz se funciona; “Recusa-nos” é quase sempre uma palavra-passe errada.',
      'Limite quantas chamadas correm ao mesmo tempo se o contrato o fizer.',
      'Marque o trunk por onde saem primeiro as chamadas de emergência.',
    ],
  },
  'settings/numbers': {
    for: 'Os seus números, e para onde vão as chamadas de cada um.',
    how: [
      'Adicione um número e escolha para onde leva: uma pessoa, várias, uma fila, uma caixa, ou uma rota de passos.',
      'Escolha o que um desconhecido cria: uma lead, um contacto ou nada.',
      'Diga o que acontece se ninguém atender.',
      'Pergunte “Por onde iria uma chamada?” antes de experimentar no telefone.',
      'Verifique um telemóvel antes de ele tocar também: recebe uma chamada e ouve um código.',
    ],
  },
  'settings/calling-out': {
    for: 'Por que trunk saem as chamadas para o exterior e que número mostram.',
    how: [
      'Adicione uma regra para certos números, pessoas ou horas; decide a primeira que se aplica.',
      'Dê à regra um segundo caminho, para quando o primeiro trunk falha.',
      'Mova uma regra para cima ou para baixo para mudar qual é vista primeiro.',
    ],
  },
  'settings/fraud-guard': {
    for: 'Evita que uma palavra-passe roubada lhe custe dinheiro.',
    how: [
      'Abra só os países para onde liga.',
      'Defina limites para o horário de trabalho, e mais baixos para noites e fins de semana.',
      'Quem atinge um limite é impedido e recebe-se um alarme; levante-o aqui.',
    ],
  },
  'settings/hours': {
    for: 'Quando está aberto. As rotas e as regras consultam estes horários.',
    how: [
      'Escreva as horas como 9-17, ou 8-12, 13-16:30. Vazio é fechado.',
      'Copie segunda-feira para os outros dias úteis com um só botão.',
      'Adicione feriados; podem repetir-se todos os anos.',
      'Abra ou feche à mão com o interruptor, aqui ou com o seu código num telefone.',
    ],
  },
  'settings/routes': {
    for: 'O caminho de uma chamada, passo a passo: horários, saudações, menus, pessoas, filas.',
    how: [
      'Adicione uma rota e depois os seus passos. A imagem mostra para onde leva cada um.',
      'Clique num passo para dizer o que nele acontece e o que se segue.',
      'Os problemas são indicados no seu passo; uma rota com um problema não é guardada.',
      'Escolha a rota num número para que as chamadas a sigam.',
      'Pergunte por onde iria uma chamada, a uma hora e com teclas à sua escolha.',
    ],
  },
  'settings/queues': {
    for: 'Filas em que quem liga espera pelo próximo agente livre.',
    how: [
      'Adicione uma fila e os seus agentes, com nível e competências.',
      'Escolha a quem toca: a todos, à vez, a quem está livre há mais tempo, ou por competência.',
      'Escolha a música e o que se diz a quem espera.',
      'Diga para onde vão quando demora demasiado.',
      'Leve um número ou um passo de rota até à fila.',
    ],
  },
  'settings/mailboxes': {
    for: 'Onde quem liga deixa mensagens: uma caixa para uma pessoa ou um grupo.',
    how: [
      'Adicione uma caixa e diga de quem é.',
      'Escolha a saudação; sem ela ouve-se o texto do Trunkline.',
      'Faça anunciar as mensagens novas por e-mail.',
    ],
  },
  'settings/rooms': {
    for: 'Salas de conferência: quem marca o código e o número de uma sala fala com os outros que lá estão.',
    how: ['Adicione uma sala com um número e, se quiser, um PIN.', 'Diga o código e o número a quem deve vir.'],
  },
  'settings/sounds': {
    for: 'Saudações, anúncios e música próprios, e o que o próprio Trunkline diz.',
    how: [
      'Carregue um som; o que não for WAV é convertido no seu navegador.',
      'Ouça-o aqui antes que o ouça quem liga.',
      'Substitua um texto do Trunkline pela sua gravação, em cada idioma.',
    ],
  },
  'settings/codes': {
    for: 'O que se marca e prime nos telefones, e os lugares para chamadas estacionadas.',
    how: [
      'Altere um código, ou apague-o para o desligar. Um conflito é indicado de imediato.',
      'Os códigos “premidos durante uma chamada” ficam entre * e #.',
      'Escolha os lugares e após quanto tempo volta uma chamada estacionada.',
    ],
  },
  'settings/recording': {
    for: 'Que chamadas são gravadas, e se quem liga é avisado antes.',
    how: [
      'Sem regras, todas as chamadas são gravadas.',
      'Adicione uma regra para um número, um grupo ou um sentido; decide a primeira que se aplica.',
      'Com “gravada, com aviso” a parte externa ouve o aviso antes da conversa.',
    ],
  },
  'settings/new-leads': {
    for: 'Quem recebe uma lead nova.',
    how: [
      'Adicione uma regra por origem, número ou idioma; decide a primeira que se aplica.',
      'Deixe-a passar ao seguinte quando ninguém a abriu a tempo.',
      'Sem regras vai para quem atendeu, senão para quem está de serviço ao número.',
    ],
  },
  'settings/lists': {
    for: 'Os estados das leads, as fases dos negócios e os resultados das chamadas, nas suas palavras.',
    how: [
      'Mude o nome, adicione, remova, ou mova para cima ou para baixo.',
      'O primeiro é o que uma lead ou um negócio novo recebe.',
      'Diga de uma fase se fecha o negócio como ganho ou perdido.',
      'O resultado de uma chamada escolhe-o quem falou; as chamadas podem ser filtradas por ele. Se remover um, as chamadas ficam com ele.',
    ],
  },
  'settings/never-record': {
    for: 'Números cujas chamadas nunca criam uma lead nem um contacto, por exemplo os particulares.',
    how: ['Escreva um número por linha, em qualquer formato.'],
  },
  'settings/office': {
    for: 'O idioma dos telefones e das saudações, e o relógio que os relatórios seguem.',
    how: [
      'Um número ou uma tecla de menu pode escolher outro idioma.',
      'O idioma desta página é seu: menu com o seu nome, “Reencaminhamento e filas”.',
    ],
  },
  'settings/features': {
    for: 'O que o seu escritório usa. O que está desligado desaparece de todos os ecrãs.',
    how: ['Desligue ou ligue uma funcionalidade; nada do que foi configurado se perde.'],
  },
  'settings/mail': {
    for: 'O servidor pelo qual as leads novas, as mensagens e os alarmes são enviados por e-mail.',
    how: [
      'Introduza servidor, porta, encriptação e conta como o seu fornecedor de e-mail os indica.',
      'Cada pessoa recebe o e-mail no endereço da sua ficha, no seu idioma.',
    ],
  },
  'settings/log-in': {
    for: 'De que endereços cada função pode iniciar sessão.',
    how: [
      'Escreva um endereço ou intervalo por linha; uma lista vazia significa de qualquer lado.',
      'Uma regra que o deixasse a si de fora é recusada.',
    ],
  },
};
