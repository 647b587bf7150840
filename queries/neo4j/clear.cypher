// summary: Throw away what can be made anew from the log.
// parameters: none
// returns: nothing
// mode: write
MATCH (n:Organization|Person|Deal|Interaction|Figure|Layout|Assessment|Goal|Action|Voice|Erasure)
DETACH DELETE n
